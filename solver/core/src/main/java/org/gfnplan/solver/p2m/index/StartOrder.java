package org.gfnplan.solver.p2m.index;

import org.jspecify.annotations.Nullable;

/** Puts ranges into the order of their starts, then of their ends, then of the input. */
final class StartOrder {
  /*
   * A radix sort from the lowest digit up, of keys and the places they came from. Digits in which
   * all keys agree are skipped. Ranges are sorted by their ends first only when equal starts show
   * that it matters.
   */
  private static final int DIGIT_BITS = 11;

  private static final int BUCKETS = 1 << DIGIT_BITS;

  /** Four digits hold 44 bits; a gfn has 40. */
  private static final int DIGITS = 4;

  private StartOrder() {}

  /** The places of the input in order, or null when the input is in order. */
  static int @Nullable [] of(long[] starts, long[] ends) {
    if (isOrdered(starts, ends, null)) {
      return null;
    }
    int[] order = sorted(starts, null);
    return isOrdered(starts, ends, order) ? order : sorted(starts, sorted(ends, null));
  }

  private static boolean isOrdered(long[] starts, long[] ends, int @Nullable [] order) {
    for (int i = 1; i < starts.length; i++) {
      int before = order == null ? i - 1 : order[i - 1];
      int here = order == null ? i : order[i];
      if (starts[before] > starts[here]
          || (starts[before] == starts[here] && ends[before] > ends[here])) {
        return false;
      }
    }
    return true;
  }

  /** The places of {@code values} in ascending order; equal ones as in {@code before}. */
  private static int[] sorted(long[] values, int @Nullable [] before) {
    int size = values.length;
    int[] places = new int[size];
    long[] keys = new long[size];
    int[][] counts = new int[DIGITS][BUCKETS];
    for (int i = 0; i < size; i++) {
      places[i] = before == null ? i : before[i];
      long key = values[places[i]];
      keys[i] = key;
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][digit(key, digit)]++;
      }
    }
    int[] otherPlaces = new int[size];
    long[] otherKeys = new long[size];
    for (int digit = 0; digit < DIGITS; digit++) {
      int[] targets = counts[digit];
      if (targets[digit(keys[0], digit)] == size) {
        continue;
      }
      makeTargets(targets);
      for (int i = 0; i < size; i++) {
        int target = targets[digit(keys[i], digit)]++;
        otherKeys[target] = keys[i];
        otherPlaces[target] = places[i];
      }
      long[] swappedKeys = keys;
      keys = otherKeys;
      otherKeys = swappedKeys;
      int[] swappedPlaces = places;
      places = otherPlaces;
      otherPlaces = swappedPlaces;
    }
    return places;
  }

  private static int digit(long key, int digit) {
    return (int) (key >>> (digit * DIGIT_BITS)) & (BUCKETS - 1);
  }

  private static void makeTargets(int[] counts) {
    int sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      int count = counts[i];
      counts[i] = sum;
      sum += count;
    }
  }
}
