package org.gfnplan.solver.search;

import org.gfnplan.solver.problem.Problem;

/**
 * Finds a layout, or proves there is none, or stops at the budget; equal input, equal output.
 *
 * <p>What a backend cannot represent it gives up on; it is never wrong about it. Implementations
 * are safe for use by many threads at once. {@code BackendContract} holds all of them to this.
 */
public interface Backend {
  /** The name users know it by, such as {@code exact}. */
  String name();

  /** Decides a problem. */
  Outcome solve(Problem problem, Goal goal, Budget budget);
}
