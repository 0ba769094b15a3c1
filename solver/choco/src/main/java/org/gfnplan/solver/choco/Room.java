package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Edge;
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

  /** The lowest address this edge can have. */
  long lowest(Edge.Side side) {
    return side == Edge.Side.START ? first : first + min;
  }

  /** The highest address this edge can have. */
  long highest(Edge.Side side) {
    return side == Edge.Side.START ? last : highestEnd();
  }

  /** The same room with one edge between two addresses, or an exception when none is left. */
  Room between(Edge.Side side, long low, long high) throws Impossible {
    if (low <= lowest(side) && highest(side) <= high) {
      return this;
    }
    long from = Math.max(first, side == Edge.Side.START ? low : low - max);
    long until = Math.min(last, side == Edge.Side.START ? high : high - min);
    long least = side == Edge.Side.START ? min : Math.max(min, low - until);
    long most = side == Edge.Side.START ? max : Math.min(max, high - from);
    return new Room(region, least, most, step, from, until, allowed).tight();
  }

  /** The same room with other bounds of the length, or an exception when nothing is left. */
  Room sized(long least, long most) throws Impossible {
    if (least <= min && max <= most) {
      return this;
    }
    long low = Math.max(min, least);
    long high = Math.min(max, most);
    return new Room(region, low, high, step, first, last, allowed).tight();
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
    if (most < min || first > last) {
      throw new Impossible();
    }
    long from = Gfn.roundUp(mayBeEmpty ? first : Math.max(first, low), step);
    long until =
        Gfn.roundDown(Math.min(Gfn.LIMIT - min, mayBeEmpty ? last : Math.min(last, high)), step);
    if (from > until) {
      throw new Impossible();
    }
    return new Room(region, min, most, step, from, until, GfnSet.of(usable));
  }
}
