package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/** Asks several backends the same and compares what they say. */
public final class Differential {
  private Differential() {}

  /**
   * What cannot be true at once, one line each; none when the backends agree. Verdicts must agree,
   * so must costs and canonical layouts that are proven, nothing may cost less than what is proven
   * to be best, and every layout must pass the checker. Giving up contradicts nothing.
   */
  public static List<String> compare(
      List<Backend> backends, Problem problem, Goal goal, Budget budget) {
    return disagreements(problem, goal, ask(backends, problem, goal, budget));
  }

  /** The outcomes by the name of the backend, in the order of the backends. */
  public static Map<String, Outcome> ask(
      List<Backend> backends, Problem problem, Goal goal, Budget budget) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Backend backend : backends) {
      outcomes.put(backend.name(), backend.solve(problem, goal, budget));
    }
    return outcomes;
  }

  /** As {@link #compare}, for outcomes that are at hand. */
  public static List<String> disagreements(
      Problem problem, Goal goal, Map<String, Outcome> outcomes) {
    List<String> complaints = new ArrayList<>();
    List<String> names = List.copyOf(outcomes.keySet());
    for (String name : names) {
      for (String complaint : Law.unsound(problem, goal, outcomes.get(name))) {
        complaints.add("`%s`: %s".formatted(name, complaint));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        Outcome one = outcomes.get(names.get(i));
        Outcome other = outcomes.get(names.get(j));
        if (contradict(goal, one, other) || contradict(goal, other, one)) {
          complaints.add(
              "%s: `%s` %s, `%s` %s"
                  .formatted(
                      goal,
                      names.get(i),
                      ProblemText.of(one),
                      names.get(j),
                      ProblemText.of(other)));
        }
      }
    }
    return complaints;
  }

  private static boolean contradict(Goal goal, Outcome one, Outcome other) {
    if (!(one instanceof Outcome.Found found)) {
      return false;
    }
    if (other instanceof Outcome.Refuted) {
      return true;
    }
    if (goal == Goal.ANY || !found.proven() || !(other instanceof Outcome.Found rival)) {
      return false;
    }
    int order =
        Arrays.compare(
            found.costs().stream().mapToLong(x -> x).toArray(),
            rival.costs().stream().mapToLong(x -> x).toArray());
    return order > 0
        || (rival.proven() && order < 0)
        || (rival.proven() && goal == Goal.CANONICAL && !found.layout().equals(rival.layout()));
  }
}
