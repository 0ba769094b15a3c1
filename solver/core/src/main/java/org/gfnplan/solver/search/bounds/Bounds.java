package org.gfnplan.solver.search.bounds;

import java.util.Arrays;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Gfn;

/**
 * How low and how high the start, the length and the end of each region can be; regions are
 * numbered in the order of their problem.
 */
final class Bounds {
  /*
   * Six plain arrays, because a round over a few dozen regions must cost microseconds. A region
   * takes every frame of [startHi, endLo) whatever is chosen: it begins no later and ends no
   * earlier. That run is called forced.
   */
  final long[] startLo;
  final long[] startHi;
  final long[] lengthLo;
  final long[] lengthHi;
  final long[] endLo;
  final long[] endHi;

  private Bounds(int regions) {
    startLo = new long[regions];
    startHi = new long[regions];
    lengthLo = new long[regions];
    lengthHi = new long[regions];
    endLo = new long[regions];
    endHi = new long[regions];
  }

  /**
   * What the regions allow by themselves, pins and sizes included: were those found in a round,
   * what follows from a pin would depend on how many rounds away it is.
   */
  static Bounds of(Shape shape) {
    Bounds bounds = new Bounds(shape.size());
    Arrays.fill(bounds.startHi, Gfn.LIMIT);
    Arrays.fill(bounds.endHi, Gfn.LIMIT);
    for (int i = 0; i < shape.size(); i++) {
      Length length = shape.region(i).length();
      bounds.lengthLo[i] = length.min();
      bounds.lengthHi[i] = length.max();
    }
    for (Rule rule : shape.alone) {
      if (rule instanceof Rule.Pinned pinned) {
        int i = shape.number(pinned.region());
        bounds.startLo[i] = Math.max(bounds.startLo[i], pinned.start());
        bounds.startHi[i] = Math.min(bounds.startHi[i], pinned.start());
      } else if (rule instanceof Rule.Sized sized) {
        int i = shape.number(sized.region());
        bounds.lengthLo[i] = Math.max(bounds.lengthLo[i], sized.min());
        bounds.lengthHi[i] = Math.min(bounds.lengthHi[i], sized.max());
      }
    }
    for (int i = 0; i < shape.size(); i++) {
      bounds.endLo[i] = bounds.startLo[i] + bounds.lengthLo[i];
      bounds.endHi[i] = Math.min(Gfn.LIMIT, bounds.startHi[i] + bounds.lengthHi[i]);
    }
    return bounds;
  }

  /** The same bounds, which may be tightened by themselves. */
  Bounds copy() {
    Bounds copy = new Bounds(startLo.length);
    System.arraycopy(startLo, 0, copy.startLo, 0, startLo.length);
    System.arraycopy(startHi, 0, copy.startHi, 0, startLo.length);
    System.arraycopy(lengthLo, 0, copy.lengthLo, 0, startLo.length);
    System.arraycopy(lengthHi, 0, copy.lengthHi, 0, startLo.length);
    System.arraycopy(endLo, 0, copy.endLo, 0, startLo.length);
    System.arraycopy(endHi, 0, copy.endHi, 0, startLo.length);
    return copy;
  }

  boolean sameAs(Bounds other) {
    return Arrays.equals(startLo, other.startLo)
        && Arrays.equals(startHi, other.startHi)
        && Arrays.equals(lengthLo, other.lengthLo)
        && Arrays.equals(lengthHi, other.lengthHi)
        && Arrays.equals(endLo, other.endLo)
        && Arrays.equals(endHi, other.endHi);
  }

  /** Whether there are frames that the region takes whatever is chosen. */
  boolean isForced(int region) {
    return startHi[region] < endLo[region];
  }

  /** Whether only one place is left. */
  boolean isFixed(int region) {
    return startLo[region] == startHi[region] && lengthLo[region] == lengthHi[region];
  }

  long[] lows(Edge.Side side) {
    return side == Edge.Side.START ? startLo : endLo;
  }

  long[] highs(Edge.Side side) {
    return side == Edge.Side.START ? startHi : endHi;
  }
}
