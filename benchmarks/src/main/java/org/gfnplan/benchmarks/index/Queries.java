package org.gfnplan.benchmarks.index;

import java.util.Arrays;

/**
 * Runs of gfns that are asked for, {@code [starts[i], ends[i])}; asked in rounds of {@link #ROUND}.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Queries(long[] starts, long[] ends) {
  /** Queries in one operation of a benchmark. */
  static final int ROUND = 1 << 14;

  /** Enough that branch predictors do not learn them. */
  static final int COUNT = 1 << 22;

  int size() {
    return starts.length;
  }

  /** The same queries by address. */
  Queries sorted() {
    long[] keys = new long[size()];
    for (int i = 0; i < keys.length; i++) {
      // Lengths are at most 64 and starts below 2^40.
      keys[i] = starts[i] << 7 | (ends[i] - starts[i]);
    }
    Arrays.sort(keys);
    long[] sortedStarts = new long[keys.length];
    long[] sortedEnds = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sortedStarts[i] = keys[i] >>> 7;
      sortedEnds[i] = sortedStarts[i] + (keys[i] & 127);
    }
    return new Queries(sortedStarts, sortedEnds);
  }

  /** The queries of one round. */
  Queries round(int from) {
    return new Queries(
        Arrays.copyOfRange(starts, from, from + ROUND),
        Arrays.copyOfRange(ends, from, from + ROUND));
  }
}
