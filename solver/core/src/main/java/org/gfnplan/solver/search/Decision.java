package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.check.CheckerRefused;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Problem;

/**
 * An outcome, and whose it is.
 *
 * @param outcome what was found out; a layout in it has passed the checker
 * @param engines who says so, in the order they were asked: for a "no" without a certificate all
 *     who agree
 */
public record Decision(Outcome outcome, List<String> engines) {
  public Decision {
    engines = List.copyOf(engines);
  }

  /**
   * Asks a backend, and checks the layout it comes back with, and what it says the layout costs.
   *
   * @throws CheckerRefused when the layout does not respect the problem, or costs something else
   */
  public static Decision by(Backend backend, Problem problem, Goal goal, Budget budget) {
    if (backend instanceof Portfolio portfolio) {
      return portfolio.decide(problem, goal, budget);
    }
    Outcome outcome = backend.solve(problem, goal, budget);
    if (outcome instanceof Outcome.Found found) {
      List<String> complaints = new ArrayList<>(LayoutChecker.complaints(problem, found.layout()));
      if (complaints.isEmpty() && goal != Goal.ANY) {
        List<Long> costs = Costs.of(problem, found.layout());
        if (!costs.equals(found.costs())) {
          complaints.add("the layout costs %s, not %s".formatted(costs, found.costs()));
        }
      }
      if (!complaints.isEmpty()) {
        throw new CheckerRefused(backend.name(), complaints);
      }
    }
    return new Decision(outcome, List.of(backend.name()));
  }
}
