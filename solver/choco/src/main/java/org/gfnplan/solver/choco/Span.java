package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one region, in coordinates of the axis.
 *
 * @param start the start
 * @param length the length
 * @param end always start + length
 * @param step what the start is a multiple of
 * @param gap the index of the allowed range it lies in; null when there is one or it may be empty
 */
record Span(IntVar start, IntVar length, IntVar end, long step, @Nullable IntVar gap) {
  IntVar at(Edge.Side side) {
    return side == Edge.Side.START ? start : end;
  }

  /** Start, length and end, for the scope of a propagator. */
  List<IntVar> vars() {
    return List.of(start, length, end);
  }

  boolean isNeverEmpty() {
    return length.getLB() >= 1;
  }

  /** The lowest start at or above {@code from}, as far as the bounds tell. */
  long startFrom(long from) {
    return Gfn.roundUp(Math.max(from, start.getLB()), step);
  }

  /** The fewest coordinates it takes if it takes any. */
  long least() {
    return Math.max(1, length.getLB());
  }
}
