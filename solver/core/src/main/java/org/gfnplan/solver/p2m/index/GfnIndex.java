package org.gfnplan.solver.p2m.index;

import java.util.List;
import java.util.Objects;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Which ranges meet a run of gfns: an immutable index over ranges that may overlap, nest and be
 * equal.
 *
 * <p>Ranges have positions, {@code 0 <= position < size}, in the order of their starts, then ends,
 * then of the input; {@link #id} tells the place in the input. A look makes no object. Ranges that
 * are disjoint take 9 to 15 bytes each and others up to 50, see {@link #bytes}. For a set that
 * changes use {@link org.gfnplan.solver.p2m.P2mMap}.
 *
 * <p>A query {@code [start, end)} must have {@code 0 <= start < end}; ends beyond {@link Gfn#LIMIT}
 * are allowed.
 */
public abstract sealed class GfnIndex permits DisjointIndex, OverlappingIndex {
  /** Instead of a position: no range meets the run. */
  public static final int NONE = -1;

  /** A join does not walk through an index that has this many times the ranges of the other. */
  private static final int FEWER = 16;

  private final int @Nullable [] ids;

  GfnIndex(int @Nullable [] ids) {
    this.ids = ids;
  }

  /** An index of the ranges {@code [starts[i], ends[i])}, in any order. Copies the arrays. */
  public static GfnIndex of(long[] starts, long[] ends) {
    return of(starts, ends, KeySearch.best());
  }

  /** As {@link #of(long[], long[])}, but never with the Vector API; to compare, or to be sure. */
  public static GfnIndex withoutVectors(long[] starts, long[] ends) {
    return of(starts, ends, KeySearch.SCALAR);
  }

  private static GfnIndex of(long[] starts, long[] ends, KeySearch search) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException(
          "each start must have an end: starts=%d ends=%d".formatted(starts.length, ends.length));
    }
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] < 0 || starts[i] >= ends[i] || ends[i] > Gfn.LIMIT) {
        throw new IllegalArgumentException(
            "a range must satisfy 0 <= start < end <= 0x%x: place=%d start=0x%x end=0x%x"
                .formatted(Gfn.LIMIT, i, starts[i], ends[i]));
      }
    }
    int[] order = StartOrder.of(starts, ends);
    long[] sortedStarts = inOrder(starts, order);
    long[] sortedEnds = inOrder(ends, order);
    for (int i = 1; i < sortedStarts.length; i++) {
      if (sortedEnds[i - 1] > sortedStarts[i]) {
        return new OverlappingIndex(sortedStarts, sortedEnds, order, search);
      }
    }
    return new DisjointIndex(sortedStarts, sortedEnds, order, search);
  }

  /** An index of {@code ranges}, in any order. */
  public static GfnIndex of(List<GfnRange> ranges) {
    long[] starts = new long[ranges.size()];
    long[] ends = new long[ranges.size()];
    int place = 0;
    for (GfnRange range : ranges) {
      starts[place] = range.start();
      ends[place++] = range.end();
    }
    return of(starts, ends);
  }

  private static long[] inOrder(long[] values, int @Nullable [] order) {
    if (order == null) {
      return values.clone();
    }
    long[] sorted = new long[values.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values[order[i]];
    }
    return sorted;
  }

  /** How many ranges there are. */
  public abstract int size();

  /** Whether no two ranges have a frame in common. */
  public abstract boolean isDisjoint();

  /**
   * Whether looks compare keys with the Vector API. They do when there are tens of thousands of
   * ranges, {@code gfnplan-solver-vector} is on the class path, the JVM was started with {@code
   * --add-modules jdk.incubator.vector} and the processor has vectors of 512 bits.
   */
  public abstract boolean usesVectors();

  /** The first gfn of the range at {@code position}. */
  public abstract long start(int position);

  /** One past the last gfn of the range at {@code position}. */
  public abstract long end(int position);

  /** The place that the range at {@code position} had in the input. */
  public final int id(int position) {
    return ids == null ? checked(position, size()) : ids[position];
  }

  /** Whether a range meets {@code [start, end)}. */
  public abstract boolean any(long start, long end);

  /** The position of the first range that meets {@code [start, end)}, or {@link #NONE}. */
  public abstract int first(long start, long end);

  /** How many ranges meet {@code [start, end)}; does not look at them one by one. */
  public abstract int count(long start, long end);

  /** Gives {@code ranges} each range that meets {@code [start, end)}, by ascending position. */
  public abstract void visit(long start, long end, RangeConsumer ranges);

  /**
   * Gives {@code pairs} each range here with each of {@code other} that it overlaps, in order.
   * Walks through both once, or looks for each range here when there are far fewer.
   */
  public final void join(GfnIndex other, PairConsumer pairs) {
    if (other.size() / FEWER <= size()) {
      Sweep.join(this, other, pairs);
      return;
    }
    int[] mine = new int[1];
    RangeConsumer met = (position, start, end) -> pairs.accept(mine[0], position);
    for (int i = 0; i < size(); i++) {
      mine[0] = i;
      other.visit(start(i), end(i), met);
    }
  }

  /**
   * Sets bit {@code i % 64} of {@code bits[i / 64]} when a range meets {@code [starts[i], ends[i])}
   * and clears it when none does; bits after the last query are cleared as well. Batches are faster
   * than single looks when the index does not fit the caches, and when queries come by address. A
   * batch of any length makes one object of less than a kilobyte, and its two arrays.
   *
   * @return how many were set
   */
  public final int any(long[] starts, long[] ends, long[] bits) {
    checkBatch(starts, ends, bits.length, (starts.length + 63) / 64);
    Block block = new Block();
    int set = 0;
    for (int word = 0; word < bits.length; word++) {
      int from = (int) Math.min(word * 64L, starts.length);
      int to = Math.min(from + 64, starts.length);
      bits[word] = bits(starts, ends, from, to, block);
      set += Long.bitCount(bits[word]);
    }
    return set;
  }

  /** The answers to at most 64 queries, the first in the lowest bit. */
  abstract long bits(long[] starts, long[] ends, int from, int to, Block block);

  /** Puts into {@code positions[i]} what {@code first(starts[i], ends[i])} says. */
  public final void first(long[] starts, long[] ends, int[] positions) {
    checkBatch(starts, ends, positions.length, starts.length);
    Block block = new Block();
    for (int from = 0; from < starts.length; from += Block.SIZE) {
      firsts(starts, ends, from, Math.min(from + Block.SIZE, starts.length), block, positions);
    }
  }

  /** Fills {@code positions[from]} to {@code positions[to - 1]}. */
  abstract void firsts(long[] starts, long[] ends, int from, int to, Block block, int[] positions);

  /** Puts into {@code counts[i]} what {@code count(starts[i], ends[i])} says. */
  public final void count(long[] starts, long[] ends, int[] counts) {
    checkBatch(starts, ends, counts.length, starts.length);
    Block block = new Block();
    for (int from = 0; from < starts.length; from += Block.SIZE) {
      counts(starts, ends, from, Math.min(from + Block.SIZE, starts.length), block, counts);
    }
  }

  /** Fills {@code counts[from]} to {@code counts[to - 1]}. */
  abstract void counts(long[] starts, long[] ends, int from, int to, Block block, int[] counts);

  /** Bytes of the arrays of this index, without their headers. */
  public long bytes() {
    return ids == null ? 0 : 4L * ids.length;
  }

  static void checkQuery(long start, long end) {
    if (start < 0 || start >= end) {
      throw new IllegalArgumentException(
          "a query must satisfy 0 <= start < end: start=0x%x end=0x%x".formatted(start, end));
    }
  }

  static void checkBatch(long[] starts, long[] ends, int room, int needed) {
    if (starts.length != ends.length || room < needed) {
      throw new IllegalArgumentException(
          "a batch must have as many ends as starts and room for answers:"
              + " starts=%d ends=%d room=%d needed=%d"
                  .formatted(starts.length, ends.length, room, needed));
    }
  }

  static int checked(int position, int size) {
    return Objects.checkIndex(position, size);
  }
}
