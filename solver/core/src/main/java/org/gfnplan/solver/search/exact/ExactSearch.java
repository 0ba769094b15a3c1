package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/** Decides a problem by the first of our methods that can. */
public final class ExactSearch {
  private ExactSearch() {}

  /** Decides a problem; see {@link org.gfnplan.solver.search.ExactEngine}. */
  public static Outcome solve(Problem problem, Goal goal, Budget budget) {
    Model model = new Model(problem, goal);
    if (model.isContradictory()) {
      return new Outcome.Refuted(List.of());
    }
    Meter meter = new Meter(budget);
    Improvement improvement = new Improvement(model, meter);
    Descent.Verdict verdict = improvement.run(goal);
    if (verdict == Descent.Verdict.STOPPED) {
      return new Outcome.GaveUp(meter.reason());
    }
    if (verdict == Descent.Verdict.NONE) {
      return new Outcome.Refuted(List.of());
    }
    Layout layout = layout(model, improvement.start, improvement.length);
    return new Outcome.Found(layout, Costs.of(problem, layout), improvement.isProven());
  }

  private static Layout layout(Model model, long[] start, long[] length) {
    List<Placement> placements = new ArrayList<>(model.size());
    for (int r = 0; r < model.size(); r++) {
      placements.add(new Placement(model.regions.get(r), start[r], length[r]));
    }
    boolean[] broken = new boolean[model.statements.size()];
    for (Constraint constraint : model.preferred) {
      if (!broken[constraint.statement] && !constraint.holds(start, length)) {
        broken[constraint.statement] = true;
      }
    }
    List<Statement> givenUp = new ArrayList<>();
    for (int i = 0; i < broken.length; i++) {
      if (broken[i]) {
        givenUp.add(model.statements.get(i));
      }
    }
    return new Layout(placements, givenUp);
  }
}
