package org.gfnplan.solver.search;

import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.exact.ExactSearch;

/**
 * Our own engine: closed forms where the shape of a problem allows them, else a complete search
 * under a step budget. It needs no library and is the default.
 */
public final class ExactEngine implements Backend {
  @Override
  public String name() {
    return "exact";
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    return ExactSearch.solve(problem, goal, budget);
  }
}
