package org.gfnplan.solver.testing;

import java.util.List;
import java.util.Optional;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/** The oracle as a backend: decides tiny problems and gives up on all others. */
public final class ExhaustiveBackend implements Backend {
  @Override
  public String name() {
    return "exhaustive";
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    Optional<Layout> layout;
    try {
      layout = ExhaustiveSearch.canonical(problem);
    } catch (ExhaustiveSearch.NotTinyException tooLarge) {
      return new Outcome.GaveUp(tooLarge.getMessage());
    }
    return layout.isEmpty()
        ? new Outcome.Refuted(List.of())
        : new Outcome.Found(layout.get(), Costs.of(problem, layout.get()), true);
  }
}
