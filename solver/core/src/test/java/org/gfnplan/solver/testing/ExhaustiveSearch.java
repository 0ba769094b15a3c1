package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every layout of a tiny problem. The oracle the backends are compared with: it knows no
 * propagation and no bounds, so there is little in it that could be wrong.
 *
 * @see TinyDomains what makes a problem tiny
 */
public final class ExhaustiveSearch {
  /*
   * Regions are placed in the order of the problem, each at its places in ascending order; a
   * required rule is tested as soon as the last region it speaks of is placed. Layouts are met in
   * the order of the tie-break, so the first of least cost is the canonical one.
   */
  private static final long MOST_NODES = 4_000_000;

  private final Problem problem;
  private final Meaning meaning;
  private final List<List<long[]>> places;
  private final List<List<Rule>> requiredAt = new ArrayList<>();
  private final List<Rule> preferred = new ArrayList<>();
  private final boolean firstOnly;
  private final long[] s;
  private final long[] l;
  private long nodes;
  private @Nullable List<Long> bestCosts;
  private @Nullable Layout best;

  private ExhaustiveSearch(Problem problem, boolean firstOnly) {
    this.problem = problem;
    this.firstOnly = firstOnly;
    meaning = new Meaning(problem);
    places = TinyDomains.of(problem);
    s = new long[problem.regions().size()];
    l = new long[problem.regions().size()];
    for (int i = 0; i < s.length; i++) {
      requiredAt.add(new ArrayList<>());
    }
    for (Rule rule : problem.rules()) {
      if (rule.statement().strength().isRequired()) {
        int last = rule.regions().stream().mapToInt(meaning::of).max().orElseThrow();
        requiredAt.get(last).add(rule);
      } else {
        preferred.add(rule);
      }
    }
  }

  /** Whether the required statements can hold together. */
  public static boolean hasLayout(Problem problem) {
    ExhaustiveSearch search = new ExhaustiveSearch(problem, true);
    search.place(0);
    return search.best != null;
  }

  /** The least costs, or none when there is no layout. */
  public static Optional<List<Long>> bestCosts(Problem problem) {
    ExhaustiveSearch search = new ExhaustiveSearch(problem, false);
    search.place(0);
    return Optional.ofNullable(search.bestCosts);
  }

  /** The one layout of least cost with the lowest addresses, or none when there is no layout. */
  public static Optional<Layout> canonical(Problem problem) {
    ExhaustiveSearch search = new ExhaustiveSearch(problem, false);
    search.place(0);
    return Optional.ofNullable(search.best);
  }

  /** Whether this search can look at every layout of the problem. */
  public static boolean isTiny(Problem problem) {
    try {
      canonical(problem);
      return true;
    } catch (NotTinyException tooLarge) {
      return false;
    }
  }

  private void place(int region) {
    if (region == s.length) {
      judge();
      return;
    }
    for (long[] place : places.get(region)) {
      if (firstOnly && best != null) {
        return;
      }
      if (++nodes > MOST_NODES) {
        throw new NotTinyException("more than " + MOST_NODES + " partial layouts");
      }
      s[region] = place[0];
      l[region] = place[1];
      if (requiredAt.get(region).stream().allMatch(rule -> meaning.holds(rule, s, l))) {
        place(region + 1);
      }
    }
  }

  private void judge() {
    Set<Statement> broken = new HashSet<>();
    for (Rule rule : preferred) {
      if (!meaning.holds(rule, s, l)) {
        broken.add(rule.statement());
      }
    }
    List<Long> costs = new ArrayList<>();
    costs.add(broken.stream().mapToLong(statement -> statement.strength().weight()).sum());
    problem.preferences().forEach(preference -> costs.add(meaning.cost(preference, s, l)));
    if (bestCosts == null || compare(costs, bestCosts) < 0) {
      bestCosts = List.copyOf(costs);
      best = layout(broken);
    }
  }

  private Layout layout(Set<Statement> broken) {
    List<Placement> placements = new ArrayList<>();
    for (Region region : problem.regions()) {
      int i = placements.size();
      placements.add(new Placement(region, s[i], l[i]));
    }
    return new Layout(placements, problem.statements().stream().filter(broken::contains).toList());
  }

  private static int compare(List<Long> one, List<Long> other) {
    return Arrays.compare(
        one.stream().mapToLong(x -> x).toArray(), other.stream().mapToLong(x -> x).toArray());
  }

  /** The problem has more layouts than anyone wants to look at. */
  static final class NotTinyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTinyException(String message) {
      super(message);
    }
  }
}
