package org.gfnplan.benchmarks.index;

import java.util.Locale;

/**
 * Disjoint extents by address, as a guest with many mappings has them: half of them touch, most are
 * one page, some 2 MiB. The same name and number give the same extents everywhere.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Extents(long[] starts, long[] ends) {
  /** How extents lie in the space. */
  enum Space {
    /** Even in 2^38 frames. */
    UNIFORM(38, 0x5EED_0001L),
    /** Even in 2^31 frames, so that they fit what counts in {@code int}s. */
    INT(31, 0x5EED_0002L),
    /** 90 % crowded, 9 % less so, 1 % in the rest of 2^38 frames. */
    SKEWED(38, 0x5EED_0003L);

    private final int bits;
    private final long seed;

    Space(int bits, long seed) {
      this.bits = bits;
      this.seed = seed;
    }

    static Space named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  private static final double FILLED = 0.98;

  /** Mean length, and mean of the gaps that are not the large ones, for each extent. */
  private static final double MEAN_FRAMES = 0.6 + 0.3 * 32.5 + 0.1 * 512 + 0.25 * 32.5;

  static Extents of(Space space, int count) {
    SplitMix64 random = new SplitMix64(space.seed + count);
    long[] starts = new long[count];
    long[] ends = new long[count];
    long at = 1;
    for (int i = 0; i < count; i++) {
      long kind = random.below(4);
      if (kind == 2) {
        at += 1 + random.below(64);
      } else if (kind == 3) {
        at += 1 + random.below(largestGap(space, i, count));
      }
      starts[i] = at;
      at += length(random);
      ends[i] = at;
    }
    return new Extents(starts, ends);
  }

  private static long largestGap(Space space, int place, int count) {
    double frames = Math.scalb(FILLED, space.bits);
    if (space != Space.SKEWED) {
      return spread(frames / count - MEAN_FRAMES);
    }
    if (place < count * 0.9) {
      return 256;
    }
    return place < count * 0.99 ? 16_384 : spread(frames / (count * 0.01));
  }

  /** One of four gaps is large, and half of the largest on average. */
  private static long spread(double framesPerExtent) {
    return Math.max(1, (long) (framesPerExtent * 8));
  }

  static long length(SplitMix64 random) {
    long kind = random.below(10);
    return kind < 6 ? 1 : kind < 9 ? 2 + random.below(62) : 512;
  }

  int size() {
    return starts.length;
  }

  /** Queries of up to 64 frames, half of them on an extent and half in a gap. */
  Queries queries(Space space, int count) {
    SplitMix64 random = new SplitMix64((space.seed + size()) ^ 0x5151_5151L);
    long[] from = new long[count];
    long[] to = new long[count];
    for (int i = 0; i < count; i++) {
      long length = 1 + random.below(64);
      from[i] = random.below(2) == 0 ? onExtent(random, length) : inGap(random, length);
      to[i] = from[i] + length;
    }
    return new Queries(from, to);
  }

  private long onExtent(SplitMix64 random, long length) {
    int i = (int) random.below(size());
    long first = starts[i] - length + 1;
    return Math.max(0, first + random.below(ends[i] - starts[i] + length - 1));
  }

  private long inGap(SplitMix64 random, long length) {
    while (true) {
      int i = (int) random.below(size() - 1);
      long room = starts[i + 1] - ends[i] - length;
      if (room >= 0) {
        return ends[i] + random.below(room + 1);
      }
    }
  }

  /** The same extents in some order. */
  Extents shuffled() {
    SplitMix64 random = new SplitMix64(size());
    long[] from = starts.clone();
    long[] to = ends.clone();
    for (int i = size() - 1; i > 0; i--) {
      int other = (int) random.below(i + 1);
      swap(from, i, other);
      swap(to, i, other);
    }
    return new Extents(from, to);
  }

  private static void swap(long[] values, int one, int other) {
    long kept = values[one];
    values[one] = values[other];
    values[other] = kept;
  }
}
