package org.gfnplan.solver.search.bounds;

import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;

/** One round of conclusions: new bounds from old ones, each rule looked at once. */
final class Tightening {
  /*
   * Every conclusion reads the old bounds only. So what is found in a round does not depend on the
   * order of rules, and a contradiction shows up in the round after its last cause, when all of its
   * causes can still be seen. Old bounds are never contradictory, which keeps sums far from
   * overflow: every address is at most 2^40, and a problem has fewer than 2^23 regions.
   */
  private final Shape shape;
  private final Bounds old;
  private final Bounds next;

  private Tightening(Shape shape, Bounds old) {
    this.shape = shape;
    this.old = old;
    this.next = old.copy();
  }

  /** The bounds after a round; {@code old} must not be contradictory. */
  static Bounds round(Shape shape, Bounds old, Gaps gaps) {
    Tightening round = new Tightening(shape, old);
    for (int i = 0; i < shape.size(); i++) {
      round.fitTogether(i);
      round.align(i);
      round.useGaps(i, gaps);
    }
    for (int[] pair : shape.pairs()) {
      round.keepOrder(pair[0], pair[1]);
      round.keepOrder(pair[1], pair[0]);
    }
    for (Rule rule : shape.others) {
      round.apply(rule);
    }
    return round.next;
  }

  /** The end is the start plus the length. */
  private void fitTogether(int i) {
    raise(next.endLo, i, old.startLo[i] + old.lengthLo[i]);
    lower(next.endHi, i, old.startHi[i] + old.lengthHi[i]);
    raise(next.startLo, i, old.endLo[i] - old.lengthHi[i]);
    lower(next.startHi, i, old.endHi[i] - old.lengthLo[i]);
    raise(next.lengthLo, i, old.endLo[i] - old.startHi[i]);
    lower(next.lengthHi, i, old.endHi[i] - old.startLo[i]);
  }

  private void align(int i) {
    Alignment alignment = shape.alignment(i);
    raise(next.startLo, i, alignment.up(old.startLo[i]));
    lower(next.startHi, i, alignment.down(old.startHi[i]));
  }

  private void useGaps(int i, Gaps gaps) {
    if (old.isFixed(i) && !shape.isConfined(i)) {
      return;
    }
    Alignment alignment = shape.alignment(i);
    boolean mayBeEmpty = old.lengthLo[i] == 0;
    long need = Math.max(1, old.lengthLo[i]);
    long first = Long.MAX_VALUE;
    long last = -1;
    long end = mayBeEmpty ? old.startHi[i] : -1;
    long room = 0;
    for (Gaps.Gap gap : gaps.of(i)) {
      if (gap.room() >= need) {
        first = Math.min(first, gap.first());
        last = Math.max(last, alignment.down(gap.range().end() - need));
        end = Math.max(end, gap.range().end());
        room = Math.max(room, gap.room());
      }
    }
    if (!mayBeEmpty && first == Long.MAX_VALUE) {
      return; // the next look for contradictions finds that there is no gap
    }
    lower(next.endHi, i, end);
    lower(next.lengthHi, i, room);
    if (!mayBeEmpty) {
      raise(next.startLo, i, first);
      lower(next.startHi, i, last);
    }
  }

  /** When {@code other} cannot lie before {@code one}, it lies after it. */
  private void keepOrder(int one, int other) {
    if (old.lengthLo[other] > 0 && old.endLo[other] > old.startHi[one]) {
      // An empty region has no order, but it ends where it starts.
      boolean mayBeEmpty = old.lengthLo[one] == 0;
      lower(
          next.endHi,
          one,
          mayBeEmpty ? Math.max(old.startHi[one], old.startHi[other]) : old.startHi[other]);
      if (!mayBeEmpty) {
        raise(next.startLo, other, old.endLo[one]);
      }
    }
  }

  private void apply(Rule rule) {
    if (rule instanceof Rule.SameEdge same) {
      meet(same.one(), same.other());
      meet(same.other(), same.one());
    } else if (rule instanceof Rule.OnGrid grid) {
      int i = shape.number(grid.edge().region());
      Edge.Side side = grid.edge().side();
      raise(next.lows(side), i, Gfn.roundUp(old.lows(side)[i], grid.step()));
      lower(next.highs(side), i, Gfn.roundDown(old.highs(side)[i], grid.step()));
    } else if (rule instanceof Rule.TotalLength total) {
      addUp(total);
    } else if (rule instanceof Rule.Follows follows) {
      follow(follows);
    } else if (rule instanceof Rule.Inside inside) {
      nest(shape.number(inside.region()), shape.number(inside.container()));
    }
  }

  private void nest(int inner, int outer) {
    // What keeps clear of its container has no frame.
    lower(next.lengthHi, inner, shape.isApart(inner, outer) ? 0 : old.lengthHi[outer]);
    if (old.lengthLo[inner] == 0) {
      lower(next.endHi, inner, Math.max(old.endHi[outer], old.startHi[inner]));
      return;
    }
    raise(next.startLo, inner, old.startLo[outer]);
    lower(next.endHi, inner, old.endHi[outer]);
    lower(next.startHi, outer, old.startHi[inner]);
    raise(next.lengthLo, outer, old.lengthLo[inner]);
    raise(next.endLo, outer, old.endLo[inner]);
  }

  private void meet(Edge edge, Edge other) {
    int i = shape.number(edge.region());
    int j = shape.number(other.region());
    raise(next.lows(edge.side()), i, old.lows(other.side())[j]);
    lower(next.highs(edge.side()), i, old.highs(other.side())[j]);
  }

  private void addUp(Rule.TotalLength total) {
    int[] summands = shape.numbers(total.summands());
    long least = 0;
    long most = 0;
    for (int i : summands) {
      least += Counted.least(old, i, total.except());
      most += Counted.most(old, i, total.except());
    }
    for (int i : summands) {
      long atLeast = total.frames() - most + Counted.most(old, i, total.except());
      long atMost = total.frames() - least + Counted.least(old, i, total.except());
      raise(next.lengthLo, i, atLeast);
      lower(next.lengthHi, i, atMost + Counted.notCounted(old, i, total.except()));
      if (atLeast > 0) {
        raise(next.endLo, i, Counted.endOf(old.startLo[i], atLeast, total.except()));
      }
      if (atMost >= 0) {
        lower(next.endHi, i, Counted.endBefore(old.startHi[i], atMost, total.except()));
      }
    }
  }

  private void follow(Rule.Follows rule) {
    List<Region> chain = rule.chain();
    int follower = shape.number(rule.region());
    int last = shape.number(chain.get(chain.size() - 1));
    long low = Long.MAX_VALUE;
    long high = -1;
    boolean someIsNot = false;
    for (int k = chain.size() - 1; k >= 0 && !someIsNot; k--) {
      int i = shape.number(chain.get(k));
      if (old.lengthHi[i] > 0) {
        low = Math.min(low, old.endLo[i]);
        high = Math.max(high, old.endHi[i]);
      }
      someIsNot = old.lengthLo[i] > 0;
    }
    if (!someIsNot) {
      low = Math.min(low, old.startLo[last]);
      high = Math.max(high, old.startHi[last]);
    }
    raise(next.startLo, follower, rule.alignment().up(low));
    lower(next.startHi, follower, rule.alignment().up(high));
    if (old.lengthLo[last] > 0) {
      lower(next.endHi, last, old.startHi[follower]);
      raise(next.endLo, last, old.startLo[follower] - rule.alignment().frames() + 1);
    }
  }

  private static void raise(long[] lows, int at, long bound) {
    lows[at] = Math.max(lows[at], bound);
  }

  private static void lower(long[] highs, int at, long bound) {
    highs[at] = Math.min(highs[at], bound);
  }
}
