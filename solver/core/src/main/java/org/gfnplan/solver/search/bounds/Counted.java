package org.gfnplan.solver.search.bounds;

import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** How many frames of a region can count towards a total that leaves some frames out. */
final class Counted {
  private Counted() {}

  /** The fewest frames of the region outside {@code except}. */
  static long least(Bounds bounds, int i, GfnSet except) {
    long byLength = bounds.lengthLo[i] - notCounted(bounds, i, except);
    long forced = bounds.isForced(i) ? outside(bounds.startHi[i], bounds.endLo[i], except) : 0;
    return Math.max(0, Math.max(byLength, forced));
  }

  /** The most frames of the region outside {@code except}. */
  static long most(Bounds bounds, int i, GfnSet except) {
    return Math.min(bounds.lengthHi[i], outside(bounds.startLo[i], bounds.endHi[i], except));
  }

  /** The most frames of the region inside {@code except}. */
  static long notCounted(Bounds bounds, int i, GfnSet except) {
    return inside(bounds.startLo[i], bounds.endHi[i], except);
  }

  /** The lowest end of a run from {@code start} with {@code frames}, 1 or more, outside. */
  static long endOf(long start, long frames, GfnSet except) {
    long end = start + frames;
    for (GfnRange hole : except.ranges()) {
      if (hole.start() >= end) {
        break;
      }
      end += Math.max(0, hole.end() - Math.max(start, hole.start()));
    }
    return end;
  }

  /** The highest end of a run from {@code start} with no more than {@code frames} outside. */
  static long endBefore(long start, long frames, GfnSet except) {
    long end = start + frames;
    for (GfnRange hole : except.ranges()) {
      if (hole.start() > end) {
        break;
      }
      end += Math.max(0, hole.end() - Math.max(start, hole.start()));
    }
    return Math.min(end, Gfn.LIMIT);
  }

  private static long outside(long start, long end, GfnSet except) {
    return start < end ? end - start - inside(start, end, except) : 0;
  }

  private static long inside(long start, long end, GfnSet except) {
    return start < end ? except.overlapSize(new GfnRange(start, end)) : 0;
  }
}
