package org.gfnplan.solver.choco;

import java.util.Arrays;

/** What a model is asked beyond the problem: bounds on its costs and on single numbers. */
final class Limits {
  /** The most that each cost may be. */
  final long[] costs;

  /** The lowest start (even index) and length (odd index) of each region, in frames. */
  final long[] lowest;

  /** The highest start (even index) and length (odd index) of each region, in frames. */
  final long[] highest;

  Limits(int costs, int regions) {
    this.costs = new long[costs];
    this.lowest = new long[2 * regions];
    this.highest = new long[2 * regions];
    Arrays.fill(this.costs, Long.MAX_VALUE);
    Arrays.fill(highest, Long.MAX_VALUE);
  }

  private Limits(Limits other) {
    costs = other.costs.clone();
    lowest = other.lowest.clone();
    highest = other.highest.clone();
  }

  Limits copy() {
    return new Limits(this);
  }
}
