package org.gfnplan.solver.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@link Problem#keeping} of one problem, asked often: costs what is kept, not what the problem
 * has. Preferences are left out.
 */
public final class Restrictions {
  private final Map<Statement, List<Numbered<Region>>> regions = new HashMap<>();
  private final Map<Statement, List<Numbered<Rule>>> rules = new HashMap<>();

  /** The restrictions of a problem. */
  public Restrictions(Problem problem) {
    for (int i = 0; i < problem.regions().size(); i++) {
      Region region = problem.regions().get(i);
      regions
          .computeIfAbsent(region.statement(), s -> new ArrayList<>())
          .add(new Numbered<>(i, region));
    }
    for (int i = 0; i < problem.rules().size(); i++) {
      Rule rule = problem.rules().get(i);
      rules.computeIfAbsent(rule.statement(), s -> new ArrayList<>()).add(new Numbered<>(i, rule));
    }
  }

  /** The problem as if nobody had said anything but {@code kept}, without preferences. */
  public Problem keeping(Collection<Statement> kept) {
    List<Region> left = inOrder(regions, kept);
    Set<Region> there = new HashSet<>(left);
    List<Rule> cut = new ArrayList<>();
    for (Rule rule : inOrder(rules, kept)) {
      Rule smaller = RuleCutter.cut(rule, there);
      if (smaller != null) {
        cut.add(smaller);
      }
    }
    return new Problem(left, cut, List.of());
  }

  private static <T> List<T> inOrder(
      Map<Statement, List<Numbered<T>>> all, Collection<Statement> kept) {
    List<Numbered<T>> found = new ArrayList<>();
    for (Statement statement : kept) {
      found.addAll(all.getOrDefault(statement, List.of()));
    }
    found.sort(Comparator.comparingInt(Numbered::number));
    return found.stream().map(Numbered::value).toList();
  }

  /** Something, and where it stands in the problem. */
  private record Numbered<T>(int number, T value) {}
}
