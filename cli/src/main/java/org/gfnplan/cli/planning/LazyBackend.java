package org.gfnplan.cli.planning;

import java.util.function.Supplier;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;

/** A backend whose classes are loaded when it is first asked. */
final class LazyBackend implements Backend {
  private final String name;
  private final Supplier<Backend> maker;
  private @Nullable Backend made;

  LazyBackend(String name, Supplier<Backend> maker) {
    this.name = name;
    this.maker = maker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    return made().solve(problem, goal, budget);
  }

  private synchronized Backend made() {
    Backend backend = made;
    if (backend == null) {
      backend = maker.get();
      made = backend;
    }
    return backend;
  }
}
