package org.gfnplan.benchmarks.index;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Ranges that overlap, all different, as the reserved ranges of a fleet of hosts do. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Ranges(long[] starts, long[] ends) {
  /** How crowded they are. */
  enum Space {
    /** In 2^30 frames. */
    A(30, 9),
    /** In 2^26 frames. */
    B(26, 6);

    private final int bits;
    private final int largestBits;

    Space(int bits, int largestBits) {
      this.bits = bits;
      this.largestBits = largestBits;
    }
  }

  private static final long SEED = 0x5EED_0004L;

  /** So that two longs fit one key of a set. */
  private static final int LENGTH_BITS = 31;

  static Ranges of(Space space, int count) {
    SplitMix64 random = new SplitMix64(SEED + space.bits + count);
    long[] starts = new long[count];
    long[] ends = new long[count];
    Set<Long> seen = new HashSet<>(count * 2);
    int found = 0;
    while (found < count) {
      long length = length(random, space, found);
      long start = random.below((1L << space.bits) - length);
      if (seen.add(start << LENGTH_BITS | length)) {
        starts[found] = start;
        ends[found++] = start + length;
      }
    }
    return new Ranges(starts, ends);
  }

  private static long length(SplitMix64 random, Space space, int place) {
    if (random.below(10_000) == 0 || place < 4) {
      long length = (1L << 20) + random.below(1L << (20 + random.below(space.largestBits)));
      return Math.min(length, (1L << space.bits) - 1);
    }
    if (random.below(10) < 9) {
      return 1 + random.below(1L << random.below(13));
    }
    return 1 + random.below(1L << (10 + random.below(9)));
  }

  int size() {
    return starts.length;
  }

  /** Half single frames, half runs of up to 64; half near a range, half anywhere. */
  Queries queries(Space space, int count) {
    SplitMix64 random = new SplitMix64((SEED + space.bits + size()) ^ 0x5151_5151L);
    long[] from = new long[count];
    long[] to = new long[count];
    for (int i = 0; i < count; i++) {
      long length = random.below(2) == 0 ? 1 : 1 + random.below(64);
      long start = random.below((1L << space.bits) - 64);
      if (random.below(2) == 0) {
        int range = (int) random.below(size());
        start = starts[range] + random.below(ends[range] - starts[range]);
      }
      from[i] = start;
      to[i] = start + length;
    }
    return new Queries(from, to);
  }

  /** Ends in ascending order, for those who count. */
  long[] sortedEnds() {
    long[] sorted = ends.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Starts in ascending order. */
  long[] sortedStarts() {
    long[] sorted = starts.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
