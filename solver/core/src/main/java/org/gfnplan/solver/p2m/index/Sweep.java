package org.gfnplan.solver.p2m.index;

import java.util.Arrays;

/** All pairs of ranges of two indexes that overlap, by one walk through both. */
final class Sweep {
  /*
   * Of a range of mine, the others that meet it are those that are open at its start, and those that
   * start within it. The first are kept, in order; what was found to end is never looked at again.
   * So the work is that of the ranges and of the pairs.
   */
  private final GfnIndex other;
  private int[] open = new int[8];
  private int opened;
  private int next;

  private Sweep(GfnIndex other) {
    this.other = other;
  }

  static void join(GfnIndex mine, GfnIndex other, PairConsumer pairs) {
    Sweep sweep = new Sweep(other);
    for (int i = 0; i < mine.size(); i++) {
      long start = mine.start(i);
      sweep.moveTo(start);
      sweep.tell(i, mine.end(i), pairs);
    }
  }

  private void moveTo(long start) {
    int kept = 0;
    for (int i = 0; i < opened; i++) {
      if (other.end(open[i]) > start) {
        open[kept++] = open[i];
      }
    }
    opened = kept;
    while (next < other.size() && other.start(next) <= start) {
      if (other.end(next) > start) {
        if (opened == open.length) {
          open = Arrays.copyOf(open, opened * 2);
        }
        open[opened++] = next;
      }
      next++;
    }
  }

  private void tell(int position, long end, PairConsumer pairs) {
    for (int i = 0; i < opened; i++) {
      pairs.accept(position, open[i]);
    }
    for (int i = next; i < other.size() && other.start(i) < end; i++) {
      pairs.accept(position, i);
    }
  }
}
