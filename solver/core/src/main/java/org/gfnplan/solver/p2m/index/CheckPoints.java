package org.gfnplan.solver.p2m.index;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The ranges that are open at some of the starts, so that a look need not go back to the first. */
final class CheckPoints {
  /*
   * The next check point comes after SPACING ranges or twice as many as are open, whichever is
   * more. So all open sets together have at most three entries for two ranges, however deep ranges
   * nest, and a look passes about twice as many ranges as are open beside those it tells.
   */
  private static final int SPACING = 32;

  /** The last check point at or before each multiple of SPACING. */
  private final int[] lastAt;

  /** For each check point its position and where its open set begins; that of the next ends it. */
  private final int[] points;

  private final int[] open;

  /** The ends of the open ranges, here because theirs may be anywhere. */
  private final long[] openEnds;

  CheckPoints(long[] starts, long[] ends) {
    int size = starts.length;
    lastAt = new int[size / SPACING + 1];
    int[] points = new int[2 * (size / SPACING + 2)];
    int[] open = new int[size / 4 + SPACING];
    int last = 0;
    int used = 0;
    for (int at = SPACING; at < size; at += SPACING) {
      int position = points[last];
      int opened = points[last + 1];
      if (at - position >= 2 * (used - opened)) {
        int needed = used + used - opened + at - position;
        if (needed > open.length) {
          open = Arrays.copyOf(open, Math.max(needed, open.length + open.length / 2));
        }
        int begin = used;
        for (int i = opened; i < begin; i++) {
          used = putIfOpen(open, used, open[i], starts[at], ends);
        }
        for (int i = position; i < at; i++) {
          used = putIfOpen(open, used, i, starts[at], ends);
        }
        last += 2;
        points[last] = at;
        points[last + 1] = begin;
      }
      lastAt[at / SPACING] = last;
    }
    points[last + 3] = used;
    this.points = Arrays.copyOf(points, last + 4);
    this.open = Arrays.copyOf(open, used);
    openEnds = new long[used];
    Arrays.setAll(openEnds, i -> ends[this.open[i]]);
  }

  private static int putIfOpen(int[] open, int used, int position, long at, long[] ends) {
    if (ends[position] <= at) {
      return used;
    }
    open[used] = position;
    return used + 1;
  }

  /**
   * Gives {@code found} what was open at the last check point at or before {@code before} and ends
   * after {@code start}.
   *
   * @return where to look on
   */
  int visitOpen(int before, long start, IntConsumer found) {
    int point = lastAt[before / SPACING];
    int end = points[point + 3];
    for (int i = points[point + 1]; i < end; i++) {
      if (openEnds[i] > start) {
        found.accept(open[i]);
      }
    }
    return points[point];
  }

  long bytes() {
    return 4L * (lastAt.length + points.length + open.length) + 8L * openEnds.length;
  }
}
