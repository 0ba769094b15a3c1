package org.gfnplan.solver.search.exact;

import java.util.function.LongConsumer;
import org.gfnplan.solver.space.Gfn;

/**
 * An address as a monotone function of one unknown address, in closed form both ways: the values at
 * which it lies in an interval are an interval again.
 */
abstract class Curve {
  /** Whether it never falls; else it never rises. */
  final boolean rising;

  private Curve(boolean rising) {
    this.rising = rising;
  }

  /** The address when the unknown is {@code x}. */
  abstract long at(long x);

  /** The least unknown for which {@code at(x)} may lie in {@code [lo, hi]}. */
  abstract long from(long lo, long hi);

  /** The greatest such unknown; it is below {@link #from} when there is none. */
  abstract long to(long lo, long hi);

  /** Whether this is {@code other} rounded up any number of times. */
  boolean roundsUp(Curve other) {
    return this == other;
  }

  /** Whether it is a multiple of {@code step} wherever it is. */
  boolean isOnGrid(long step) {
    return false;
  }

  /**
   * Names the unknowns in {@code [lo, hi]} at which a straight piece begins; false when there are
   * too many.
   */
  abstract boolean breaks(long lo, long hi, LongConsumer sink);

  /** The unknown itself. */
  static final class Unknown extends Curve {
    Unknown() {
      super(true);
    }

    @Override
    long at(long x) {
      return x;
    }

    @Override
    long from(long lo, long hi) {
      return lo;
    }

    @Override
    long to(long lo, long hi) {
      return hi;
    }

    @Override
    boolean breaks(long lo, long hi, LongConsumer sink) {
      return true;
    }
  }

  /** An address and an offset, rounded up to a multiple of a step. */
  static final class RoundedUp extends Curve {
    private static final int MOST_PIECES = 256;

    private final Curve base;
    private final long offset;
    private final long step;

    RoundedUp(Curve base, long offset, long step) {
      super(base.rising);
      this.base = base;
      this.offset = offset;
      this.step = step;
    }

    @Override
    long at(long x) {
      return Gfn.roundUp(base.at(x) + offset, step);
    }

    private long least(long lo) {
      return Gfn.roundUp(lo, step) - step + 1 - offset;
    }

    private long most(long hi) {
      return Gfn.roundDown(hi, step) - offset;
    }

    @Override
    long from(long lo, long hi) {
      return base.from(least(lo), most(hi));
    }

    @Override
    long to(long lo, long hi) {
      return base.to(least(lo), most(hi));
    }

    @Override
    boolean isOnGrid(long grid) {
      return step % grid == 0;
    }

    @Override
    boolean roundsUp(Curve other) {
      return this == other || (offset >= 0 && base.roundsUp(other));
    }

    @Override
    boolean breaks(long lo, long hi, LongConsumer sink) {
      if (step == 1) {
        return base.breaks(lo, hi, sink);
      }
      long least = Math.min(at(lo), at(hi));
      long most = Math.max(at(lo), at(hi));
      if ((most - least) / step > MOST_PIECES) {
        return false;
      }
      for (long value = least; value <= most; value += step) {
        sink.accept(from(value, value));
        sink.accept(to(value, value) + 1);
      }
      return true;
    }
  }

  /** Where a region must end so that it and another have a number of frames outside a set. */
  static final class Filling extends Curve {
    private final Curve otherEnd;
    private final long otherOffset;
    private final Ranges except;

    /** Frames outside the set below the end of the other region and this one, less this start. */
    private final long sum;

    private final long outsideBelowStart;
    private final long floor;

    /**
     * The least end, at or above {@code floor}, of the region at {@code start}.
     *
     * @param frames how many the two have together
     */
    Filling(
        Curve otherEnd,
        long otherOffset,
        long otherStart,
        long start,
        long floor,
        Ranges except,
        long frames) {
      super(!otherEnd.rising);
      this.otherEnd = otherEnd;
      this.otherOffset = otherOffset;
      this.except = except;
      this.floor = floor;
      sum = frames + except.outsideBelow(otherStart);
      outsideBelowStart = except.outsideBelow(start);
    }

    private long need(long x) {
      return sum - except.outsideBelow(otherEnd.at(x) + otherOffset);
    }

    @Override
    long at(long x) {
      return Math.max(floor, except.firstWithOutside(outsideBelowStart + need(x)));
    }

    /** The least end of the other region at which this one ends at or below {@code hi}. */
    private long otherLeast(long hi) {
      return hi < floor
          ? Long.MAX_VALUE / 4
          : except.firstWithOutside(
              sum - (except.outsideBelow(Math.min(hi, Gfn.LIMIT)) - outsideBelowStart));
    }

    /** The greatest end of the other region at which this one ends at or above {@code lo}. */
    private long otherMost(long lo) {
      // Up to the floor only the domain counts: this region needs at least what is below it.
      long below = Math.max(lo, floor + 1) - 1;
      long spare = sum - (except.outsideBelow(Math.min(below, Gfn.LIMIT)) - outsideBelowStart);
      return except.lastWithOutside(lo <= floor ? spare : spare - 1);
    }

    @Override
    long from(long lo, long hi) {
      return otherEnd.from(otherLeast(hi) - otherOffset, otherMost(lo) - otherOffset);
    }

    @Override
    long to(long lo, long hi) {
      return otherEnd.to(otherLeast(hi) - otherOffset, otherMost(lo) - otherOffset);
    }

    /** Whether some other end than {@link #at} has the same frames. */
    boolean isLoose() {
      long reach = except.firstWithOutside(outsideBelowStart + Math.max(0, sum));
      for (int i = except.firstEndingAfter(floor); i < except.count; i++) {
        return except.start[i] <= reach;
      }
      return false;
    }

    @Override
    boolean breaks(long lo, long hi, LongConsumer sink) {
      for (int i = 0; i < except.count; i++) {
        for (long edge : new long[] {except.start[i], except.end[i]}) {
          sink.accept(otherEnd.from(edge - otherOffset, edge - otherOffset));
          sink.accept(otherEnd.to(edge - otherOffset, edge - otherOffset));
          sink.accept(otherEnd.to(edge - otherOffset, edge - otherOffset) + 1);
          sink.accept(from(edge, edge));
          sink.accept(to(edge, edge) + 1);
        }
      }
      sink.accept(from(floor, floor));
      sink.accept(to(floor, floor) + 1);
      return otherEnd.breaks(lo, hi, sink);
    }
  }
}
