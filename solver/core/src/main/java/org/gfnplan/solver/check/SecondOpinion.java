package org.gfnplan.solver.check;

import org.gfnplan.solver.problem.Problem;

/** Somebody else who can say whether a problem has a layout, preferences apart. */
@FunctionalInterface
public interface SecondOpinion {
  /** What can be said about it. */
  enum Verdict {
    /** There is a layout. */
    POSSIBLE,
    /** There is none. */
    IMPOSSIBLE,
    /** Nobody knows. */
    UNKNOWN
  }

  /** Whether all required statements of the problem can hold. */
  Verdict on(Problem problem);
}
