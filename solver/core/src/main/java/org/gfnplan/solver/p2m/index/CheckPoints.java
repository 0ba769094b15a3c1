package org.gfnplan.solver.p2m.index;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The ranges that are open at some of the starts, so that a look need not go back to the first. */
final class CheckPoints {
  /*
   * The next check point comes after SPACING ranges or as many as are open, whichever is more. So
   * all open sets together have at most two entries for each range, however deep ranges nest, and a
   * look passes about as many ranges as are open beside those it tells.
   */
  static final int SPACING = 32;

  /** The last check point at or before each multiple of SPACING. */
  private final int[] lastAt;

  /** For each check point: its position; its open set ends where that of the next begins. */
  private final int[] positions;

  private final int[] opens;
  private final int[] open;

  CheckPoints(long[] starts, long[] ends) {
    int size = starts.length;
    lastAt = new int[size / SPACING + 1];
    int[] positions = new int[size / SPACING + 1];
    int[] opens = new int[size / SPACING + 2];
    int[] open = new int[size / 4 + SPACING];
    int points = 1;
    int used = 0;
    for (int at = SPACING; at < size; at += SPACING) {
      int before = points - 1;
      if (at - positions[before] >= opens[before + 1] - opens[before]) {
        int needed = used + opens[points] - opens[before] + at - positions[before];
        if (needed > open.length) {
          open = Arrays.copyOf(open, Math.max(needed, open.length + open.length / 2));
        }
        for (int i = opens[before]; i < opens[points]; i++) {
          used = putIfOpen(open, used, open[i], starts[at], ends);
        }
        for (int i = positions[before]; i < at; i++) {
          used = putIfOpen(open, used, i, starts[at], ends);
        }
        positions[points++] = at;
        opens[points] = used;
      }
      lastAt[at / SPACING] = points - 1;
    }
    this.positions = Arrays.copyOf(positions, points);
    this.opens = Arrays.copyOf(opens, points + 1);
    this.open = Arrays.copyOf(open, used);
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
   * @param from the first range that ends after {@code start}
   * @return where to look on
   */
  int visitOpen(int before, long start, int from, long[] ends, IntConsumer found) {
    int point = lastAt[before / SPACING];
    if (from >= positions[point]) {
      return from;
    }
    for (int i = opens[point]; i < opens[point + 1]; i++) {
      if (ends[open[i]] > start) {
        found.accept(open[i]);
      }
    }
    return positions[point];
  }

  long bytes() {
    return 4L * (lastAt.length + positions.length + opens.length + open.length);
  }
}
