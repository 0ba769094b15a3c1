package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * What the required rules leave to one region, all in frames.
 *
 * @param region the region
 * @param min the fewest frames
 * @param max the most frames
 * @param step what the start is a multiple of
 * @param first the lowest start
 * @param last the highest start
 * @param allowed where its frames may lie while it has any
 */
record Room(Region region, long min, long max, long step, long first, long last, GfnSet allowed) {
  /** Whether there is one start and one length only. */
  boolean isConstant() {
    return first == last && min == max;
  }

  /** Whether the start is decided, though the length may be open. */
  boolean isPinned() {
    return first == last;
  }

  /** One past the highest frame, or the highest start of an empty region. */
  long highestEnd() {
    long empty = min == 0 ? last : 0;
    if (max == 0 || allowed.isEmpty()) {
      return empty;
    }
    List<GfnRange> ranges = allowed.ranges();
    long end = Math.min(ranges.get(ranges.size() - 1).end(), last + max);
    return Math.max(empty, end);
  }

  /** The place of a constant region. */
  Placement place() {
    return new Placement(region, first, min);
  }

  /** The same room without what cannot be used, or an exception when nothing is left. */
  Room tight() throws Impossible {
    List<GfnRange> usable = new ArrayList<>();
    long longest = 0;
    long low = Long.MAX_VALUE;
    long high = -1;
    for (GfnRange range : allowed.ranges()) {
      long from = Math.max(Gfn.roundUp(range.start(), step), first);
      long until = Math.min(range.end() - Math.max(1, min), last);
      if (from <= until && max > 0) {
        usable.add(range);
        longest = Math.max(longest, range.end() - from);
        low = Math.min(low, from);
        high = Math.max(high, until);
      }
    }
    long most = Math.min(max, longest);
    boolean mayBeEmpty = min == 0;
    long from = Gfn.roundUp(mayBeEmpty ? first : Math.max(first, low), step);
    long until =
        Gfn.roundDown(Math.min(Gfn.LIMIT - min, mayBeEmpty ? last : Math.min(last, high)), step);
    if (from > until || most < min) {
      throw new Impossible();
    }
    return new Room(region, min, most, step, from, until, GfnSet.of(usable));
  }
}
