package org.gfnplan.solver.p2m.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An index of ranges some of which have frames in common. */
final class OverlappingIndex extends GfnIndex {
  /*
   * How many ranges meet a run needs no tree: those that start before its end, but for those that
   * end at or before its start, and the second are among the first. The first range that meets it is
   * where the greatest end so far passes its start. Check points tell all of them.
   */
  private final SortedKeys starts;
  private final SortedKeys endsByValue;
  private final SortedKeys reaches;
  private final CheckPoints checkPoints;

  OverlappingIndex(long[] starts, long[] ends, int @Nullable [] ids, KeySearch search) {
    super(ids);
    int size = starts.length;
    long[] byValue = roomy(ends);
    Arrays.sort(byValue, 0, size);
    long[] reach = roomy(ends);
    for (int i = 1; i < size; i++) {
      reach[i] = Math.max(reach[i], reach[i - 1]);
    }
    this.starts = SortedKeys.of(roomy(starts), size, search);
    endsByValue = SortedKeys.of(byValue, size, search);
    reaches = SortedKeys.of(reach, size, search);
    checkPoints = new CheckPoints(this.starts, ends, search);
  }

  private static long[] roomy(long[] values) {
    return Arrays.copyOf(values, SortedKeys.room(values.length));
  }

  @Override
  public int size() {
    return starts.size();
  }

  @Override
  public boolean isDisjoint() {
    return false;
  }

  @Override
  public long start(int position) {
    return starts.at(checked(position, size()));
  }

  @Override
  public long end(int position) {
    return checkPoints.end(checked(position, size()));
  }

  @Override
  public boolean any(long start, long end) {
    checkQuery(start, end);
    return starts.at(firstEndingAfter(start)) < end;
  }

  @Override
  public int first(long start, long end) {
    checkQuery(start, end);
    int first = firstEndingAfter(start);
    return starts.at(first) < end ? first : NONE;
  }

  @Override
  public int count(long start, long end) {
    checkQuery(start, end);
    return starts.rank(end) - endsByValue.rank(start + 1);
  }

  @Override
  public void visit(long start, long end, RangeConsumer ranges) {
    checkQuery(start, end);
    checkPoints.visit(start, end, ranges);
  }

  @Override
  long bits(long[] starts, long[] ends, int from, int to, Block block) {
    reaching(starts, ends, from, to, block);
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits |= (this.starts.at(block.ranks[i - from]) < ends[i] ? 1L : 0L) << (i - from);
    }
    return bits;
  }

  @Override
  void firsts(long[] starts, long[] ends, int from, int to, Block block, int[] positions) {
    reaching(starts, ends, from, to, block);
    for (int i = from; i < to; i++) {
      int first = block.ranks[i - from];
      positions[i] = this.starts.at(first) < ends[i] ? first : NONE;
    }
  }

  @Override
  void counts(long[] starts, long[] ends, int from, int to, Block block, int[] counts) {
    for (int i = from; i < to; i++) {
      checkQuery(starts[i], ends[i]);
      block.keys[i - from] = ends[i];
    }
    this.starts.ranks(block.keys, to - from, block.ranks);
    for (int i = from; i < to; i++) {
      counts[i] = block.ranks[i - from];
      block.keys[i - from] = starts[i] + 1;
    }
    endsByValue.ranks(block.keys, to - from, block.ranks);
    for (int i = from; i < to; i++) {
      counts[i] -= block.ranks[i - from];
    }
  }

  /** Puts the first ranges that end after the starts into the ranks of {@code block}. */
  private void reaching(long[] starts, long[] ends, int from, int to, Block block) {
    for (int i = from; i < to; i++) {
      checkQuery(starts[i], ends[i]);
      block.keys[i - from] = starts[i] + 1;
    }
    reaches.ranks(block.keys, to - from, block.ranks);
  }

  @Override
  public boolean usesVectors() {
    return reaches.usesVectors();
  }

  @Override
  public long bytes() {
    return super.bytes()
        + starts.bytes()
        + endsByValue.bytes()
        + reaches.bytes()
        + checkPoints.bytes();
  }

  private int firstEndingAfter(long gfn) {
    return reaches.rank(gfn + 1);
  }
}
