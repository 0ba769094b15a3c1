package org.gfnplan.solver.p2m.index;

import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** An index of ranges that have no frame in common. */
final class DisjointIndex extends GfnIndex {
  /*
   * Starts and ends ascend together, so the first range whose last frame is not before a query is
   * the only one to look at. Its last frame and its length are one long, which is also the key it
   * is found by: what the search read last holds the answer. A length that does not fit its 23 bits
   * (32 GiB) is written as LONG, and the start of such a range is kept apart.
   */
  private static final int LENGTH_BITS = 23;

  private static final long LENGTH_MASK = (1L << LENGTH_BITS) - 1;

  private static final long LONG = LENGTH_MASK - 1;

  /** Greater than every word. */
  private static final long BEYOND = Long.MAX_VALUE;

  private final SortedKeys words;
  private final SparseLongs longStarts = new SparseLongs();

  DisjointIndex(long[] starts, long[] ends, int @Nullable [] ids, KeySearch search) {
    super(ids);
    int size = starts.length;
    long[] keys = new long[SortedKeys.room(size)];
    for (int i = 0; i < size; i++) {
      long length = ends[i] - starts[i];
      if (length >= LONG) {
        length = LONG;
        longStarts.add(i, starts[i]);
      }
      keys[i] = (ends[i] - 1) << LENGTH_BITS | length;
    }
    longStarts.trim();
    words = SortedKeys.of(keys, size, search);
  }

  @Override
  public int size() {
    return words.size();
  }

  @Override
  public boolean isDisjoint() {
    return true;
  }

  @Override
  public long start(int position) {
    return startAt(checked(position, size()));
  }

  @Override
  public long end(int position) {
    return endOf(words.at(checked(position, size())));
  }

  @Override
  public boolean any(long start, long end) {
    checkQuery(start, end);
    return startAt(candidate(start)) < end;
  }

  @Override
  public int first(long start, long end) {
    checkQuery(start, end);
    int candidate = candidate(start);
    return startAt(candidate) < end ? candidate : NONE;
  }

  @Override
  public int count(long start, long end) {
    checkQuery(start, end);
    int last = candidate(end - 1);
    return last - candidate(start) + (startAt(last) < end ? 1 : 0);
  }

  @Override
  public void visit(long start, long end, RangeConsumer ranges) {
    checkQuery(start, end);
    int at = candidate(start);
    for (long first = startAt(at); first < end; first = startAt(at)) {
      ranges.accept(at, first, endOf(words.at(at)));
      at++;
    }
  }

  @Override
  long bits(long[] starts, long[] ends, int from, int to, Block block) {
    candidates(starts, ends, from, to, block);
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits |= (startAt(block.ranks[i - from]) < ends[i] ? 1L : 0L) << (i - from);
    }
    return bits;
  }

  @Override
  void firsts(long[] starts, long[] ends, int from, int to, Block block, int[] positions) {
    candidates(starts, ends, from, to, block);
    for (int i = from; i < to; i++) {
      int candidate = block.ranks[i - from];
      positions[i] = startAt(candidate) < ends[i] ? candidate : NONE;
    }
  }

  @Override
  void counts(long[] starts, long[] ends, int from, int to, Block block, int[] counts) {
    candidates(starts, ends, from, to, block);
    for (int i = from; i < to; i++) {
      counts[i] = -block.ranks[i - from];
      block.keys[i - from] = key(ends[i] - 1);
    }
    words.ranks(block.keys, to - from, block.ranks);
    for (int i = from; i < to; i++) {
      int last = block.ranks[i - from];
      counts[i] += last + (startAt(last) < ends[i] ? 1 : 0);
    }
  }

  /** Puts the candidates of the starts into the ranks of {@code block}. */
  private void candidates(long[] starts, long[] ends, int from, int to, Block block) {
    for (int i = from; i < to; i++) {
      checkQuery(starts[i], ends[i]);
      block.keys[i - from] = key(starts[i]);
    }
    words.ranks(block.keys, to - from, block.ranks);
  }

  @Override
  public boolean usesVectors() {
    return words.usesVectors();
  }

  @Override
  public long bytes() {
    return super.bytes() + words.bytes() + longStarts.bytes();
  }

  /** The first range that ends after {@code gfn}. */
  private int candidate(long gfn) {
    return words.rank(key(gfn));
  }

  /** The least word of a range that ends after {@code gfn}; beyond the space one that is none. */
  private static long key(long gfn) {
    return gfn < Gfn.LIMIT ? gfn << LENGTH_BITS : BEYOND;
  }

  /** The start of a range; more than any gfn at the size. */
  private long startAt(int position) {
    long word = words.at(position);
    long length = word & LENGTH_MASK;
    return length >= LONG ? startOfLong(position) : endOf(word) - length;
  }

  private long startOfLong(int position) {
    return position == size() ? Long.MAX_VALUE : longStarts.at(position);
  }

  private static long endOf(long word) {
    return (word >>> LENGTH_BITS) + 1;
  }
}
