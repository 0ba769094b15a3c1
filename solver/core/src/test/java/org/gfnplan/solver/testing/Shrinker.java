package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;

/** Makes a problem that shows a failure as small as leaving things out can make it. */
public final class Shrinker {
  private Shrinker() {}

  /**
   * A problem for which {@code fails} still holds, and for which it does not hold any more when one
   * statement, region, rule, preference or other party of an {@code Apart} is left out. A failure
   * of {@code fails} itself counts as not failing.
   */
  public static Problem shrink(Problem problem, Predicate<Problem> fails) {
    Problem small = problem;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Problem next : smallerOnes(small)) {
        if (holds(fails, next)) {
          small = next;
          smaller = true;
          break;
        }
      }
    }
    return small;
  }

  private static boolean holds(Predicate<Problem> fails, Problem problem) {
    try {
      return fails.test(problem);
    } catch (ExhaustiveSearch.NotTinyException unknown) {
      return false;
    }
  }

  /** Everything that is one step smaller, the large steps first. */
  private static List<Problem> smallerOnes(Problem problem) {
    List<Problem> next = new ArrayList<>();
    for (Statement statement : problem.statements()) {
      Set<Statement> kept = new HashSet<>(problem.statements());
      kept.remove(statement);
      next.add(problem.keeping(kept));
    }
    for (Region region : problem.regions()) {
      next.add(without(problem, region));
    }
    for (int i = 0; i < problem.preferences().size(); i++) {
      next.add(new Problem(problem.regions(), problem.rules(), without(problem.preferences(), i)));
    }
    for (int i = 0; i < problem.rules().size(); i++) {
      next.add(new Problem(problem.regions(), without(problem.rules(), i), problem.preferences()));
      if (problem.rules().get(i) instanceof Rule.Apart apart && apart.others().size() > 1) {
        for (int j = 0; j < apart.others().size(); j++) {
          List<Rule> rules = new ArrayList<>(problem.rules());
          rules.set(
              i, new Rule.Apart(apart.statement(), apart.region(), without(apart.others(), j)));
          next.add(new Problem(problem.regions(), rules, problem.preferences()));
        }
      }
    }
    return next;
  }

  /** The problem without a region and without whatever else speaks of it. */
  private static Problem without(Problem problem, Region region) {
    Stream<Rule> rules = problem.rules().stream().filter(r -> !r.regions().contains(region));
    Stream<Preference> costs =
        problem.preferences().stream().filter(p -> !p.regions().contains(region));
    return new Problem(
        problem.regions().stream().filter(r -> !r.equals(region)).toList(),
        rules.toList(),
        costs.toList());
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> rest = new ArrayList<>(list);
    rest.remove(index);
    return rest;
  }
}
