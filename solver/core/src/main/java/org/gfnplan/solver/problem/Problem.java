package org.gfnplan.solver.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is asked: regions, rules and preferences over the frames {@code [0, Gfn.LIMIT)}. Immutable.
 *
 * <p>Invariant: region names are unique, and every region that a rule or a preference speaks of is
 * in {@code regions}. Nothing is pre-merged: one statement per input statement.
 *
 * @param regions what is to be placed; their order breaks ties
 * @param rules what every layout respects
 * @param preferences costs, compared in this order
 */
public record Problem(List<Region> regions, List<Rule> rules, List<Preference> preferences) {
  public Problem {
    regions = List.copyOf(regions);
    rules = List.copyOf(rules);
    preferences = List.copyOf(preferences);
    Set<String> names = new HashSet<>();
    for (Region region : regions) {
      if (!names.add(region.name())) {
        throw new IllegalArgumentException("region names must differ: name=" + region.name());
      }
    }
    Set<Region> known = new HashSet<>(regions);
    for (Rule rule : rules) {
      requireKnown(known, rule.regions(), rule.statement().id());
    }
    for (Preference preference : preferences) {
      requireKnown(known, preference.regions(), "preference");
    }
  }

  private static void requireKnown(Set<Region> known, List<Region> used, String by) {
    for (Region region : used) {
      if (!known.contains(region)) {
        throw new IllegalArgumentException(
            "regions must be in the problem: region=%s by=%s".formatted(region.name(), by));
      }
    }
  }

  /** Every statement of a region or a rule, once, in the order of regions, then rules. */
  public List<Statement> statements() {
    Set<Statement> found = new LinkedHashSet<>();
    for (Region region : regions) {
      found.add(region.statement());
    }
    for (Rule rule : rules) {
      found.add(rule.statement());
    }
    return List.copyOf(found);
  }

  /**
   * This problem as if nobody had said anything but {@code kept}: other regions are gone, with
   * every mention of them, and other rules are gone. A preferred statement that is kept stays
   * preferred. Order is kept.
   */
  public Problem keeping(Collection<Statement> kept) {
    Set<Statement> said = kept instanceof Set<Statement> set ? set : new HashSet<>(kept);
    List<Region> left = regions.stream().filter(r -> said.contains(r.statement())).toList();
    Set<Region> there = new HashSet<>(left);
    List<Rule> cut = new ArrayList<>();
    for (Rule rule : rules) {
      if (said.contains(rule.statement())) {
        Rule smaller = RuleCutter.cut(rule, there);
        if (smaller != null) {
          cut.add(smaller);
        }
      }
    }
    List<Preference> costs = preferences.stream().map(cost -> RuleCutter.cut(cost, there)).toList();
    return new Problem(left, cut, costs);
  }

  /** This problem without its preferences: any layout will do. */
  public Problem withoutPreferences() {
    return new Problem(regions, rules, List.of());
  }
}
