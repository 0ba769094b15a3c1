package org.gfnplan.solver.p2m.index;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** An index of ranges some of which have frames in common. */
final class OverlappingIndex extends GfnIndex {
  /*
   * How many ranges meet a run needs no tree: those that start before its end, but for those that
   * end at or before its start, and the second are among the first. The first range that meets it is
   * where the greatest end so far passes its start. To tell all, one begins at the last check point
   * before the start, with the ranges that were open there.
   */
  private final SortedKeys starts;
  private final SortedKeys endsByValue;
  private final SortedKeys reaches;
  private final long[] ends;
  private final CheckPoints checkPoints;

  OverlappingIndex(long[] starts, long[] ends, int @Nullable [] ids) {
    super(ids);
    int size = starts.length;
    long[] byValue = roomy(ends);
    Arrays.sort(byValue, 0, size);
    long[] reach = roomy(ends);
    for (int i = 1; i < size; i++) {
      reach[i] = Math.max(reach[i], reach[i - 1]);
    }
    this.starts = new SortedKeys(roomy(starts), size);
    this.ends = ends;
    endsByValue = new SortedKeys(byValue, size);
    reaches = new SortedKeys(reach, size);
    checkPoints = new CheckPoints(starts, ends);
  }

  private static long[] roomy(long[] values) {
    return Arrays.copyOf(values, SortedKeys.room(values.length));
  }

  @Override
  public int size() {
    return ends.length;
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
    return ends[position];
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
  public void visit(long start, long end, IntConsumer positions) {
    checkQuery(start, end);
    int from = firstEndingAfter(start);
    int to = starts.rank(end);
    if (from >= to) {
      return;
    }
    // The last range that does not start after the query; the check point must not be beyond it.
    int before = starts.rank(start + 1) - 1;
    if (before - from > CheckPoints.SPACING) {
      from = checkPoints.visitOpen(before, start, from, ends, positions);
    }
    for (int i = from; i < to; i++) {
      if (ends[i] > start) {
        positions.accept(i);
      }
    }
  }

  @Override
  long bits(long[] starts, long[] ends, int from, int to, int[] scratch) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits |= any(starts[i], ends[i]) ? 1L << (i - from) : 0;
    }
    return bits;
  }

  @Override
  public long bytes() {
    return super.bytes()
        + starts.bytes()
        + endsByValue.bytes()
        + reaches.bytes()
        + 8L * ends.length
        + checkPoints.bytes();
  }

  private int firstEndingAfter(long gfn) {
    return reaches.rank(gfn + 1);
  }
}
