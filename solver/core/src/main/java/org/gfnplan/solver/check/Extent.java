package org.gfnplan.solver.check;

import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the place of one region: its start, length and end each lie between a least
 * and a most, both included.
 */
record Extent(
    long startMin, long startMax, long lengthMin, long lengthMax, long endMin, long endMax) {

  /** What a region says by itself. */
  static Extent of(Region region) {
    return new Extent(0, Gfn.LIMIT, region.length().min(), region.length().max(), 0, Gfn.LIMIT);
  }

  /** This, with a start in {@code min..max}. */
  Extent start(long min, long max) {
    return new Extent(
        Math.max(startMin, min), Math.min(startMax, max), lengthMin, lengthMax, endMin, endMax);
  }

  /** This, with a length in {@code min..max}. */
  Extent length(long min, long max) {
    return new Extent(
        startMin, startMax, Math.max(lengthMin, min), Math.min(lengthMax, max), endMin, endMax);
  }

  /** This, with an end in {@code min..max}. */
  Extent end(long min, long max) {
    return new Extent(
        startMin, startMax, lengthMin, lengthMax, Math.max(endMin, min), Math.min(endMax, max));
  }

  /** This, with what {@code said} knows about start, length and end of each other. */
  Extent summed(Extent said) {
    return start(said.endMin - said.lengthMax, said.endMax - said.lengthMin)
        .length(said.endMin - said.startMax, said.endMax - said.startMin)
        .end(said.startMin + said.lengthMin, said.startMax + said.lengthMax);
  }

  /** Whether no place is left. */
  boolean isImpossible() {
    return startMin > startMax || lengthMin > lengthMax || endMin > endMax;
  }

  /** Whether one place is left. */
  boolean isSettled() {
    return startMin == startMax && lengthMin == lengthMax;
  }

  /** The frames taken in every place that is left, or null. */
  @Nullable GfnRange taken() {
    return startMax < endMin ? new GfnRange(startMax, endMin) : null;
  }

  /** The frames taken in some place that is left, or null. */
  @Nullable GfnRange reach() {
    return startMin < endMax ? new GfnRange(startMin, endMax) : null;
  }
}
