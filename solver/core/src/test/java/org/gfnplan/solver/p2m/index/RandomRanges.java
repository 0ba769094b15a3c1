package org.gfnplan.solver.p2m.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** Ranges of many kinds: few and many, crowded and far apart, equal, nested, at both ends. */
final class RandomRanges {
  private RandomRanges() {}

  /** The ranges of a seed; a third of them have no frame in common. */
  static List<GfnRange> of(long seed) {
    // First draws of neighbouring seeds are alike.
    Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    int count = random.nextInt(4) == 0 ? random.nextInt(800) : random.nextInt(40);
    if (seed % 3 == 0) {
      return shuffled(disjoint(seed, count), seed);
    }
    // As many bits as make ranges meet, or the whole space; crowds at several places.
    long space = 1L << (4 + random.nextInt(37));
    long[] crowds = random.longs(3, 0, Gfn.LIMIT - space + 1).toArray();
    List<GfnRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(20);
      if (kind == 0 && !ranges.isEmpty()) {
        ranges.add(ranges.get(random.nextInt(ranges.size())));
      } else if (kind == 1) {
        ranges.add(at(random.nextBoolean() ? 0 : Gfn.LIMIT - length(random), length(random)));
      } else if (kind == 2) {
        ranges.add(new GfnRange(random.nextLong(4), Gfn.LIMIT - random.nextLong(4)));
      } else {
        ranges.add(at(crowds[random.nextInt(3)] + random.nextLong(space), length(random)));
      }
    }
    return ranges;
  }

  /** Disjoint ranges, from start to end, that often touch; by turns even, crowded and far apart. */
  static NavigableMap<Long, Long> disjoint(long seed, int count) {
    Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    TreeMap<Long, Long> ranges = new TreeMap<>();
    long start = random.nextInt(3);
    for (int i = 0; i < count && start < Gfn.LIMIT; i++) {
      long end = Math.min(Gfn.LIMIT, start + length(random));
      if (i == count - 1 && random.nextBoolean()) {
        end = Gfn.LIMIT;
      }
      ranges.put(start, end);
      int gapBits = seed % 2 == 0 ? random.nextInt(24) : i * 3 / count * 12;
      start = end + (random.nextBoolean() ? 0 : random.nextLong(1L << gapBits));
    }
    return ranges;
  }

  static List<GfnRange> shuffled(Map<Long, Long> ranges, long seed) {
    List<GfnRange> shuffled = new ArrayList<>();
    ranges.forEach((start, end) -> shuffled.add(new GfnRange(start, end)));
    if (seed % 4 != 0) {
      Collections.shuffle(shuffled, new Random(seed));
    }
    return shuffled;
  }

  /** A run near an end of some range, or anywhere. */
  static GfnRange near(GfnIndex index, Random random) {
    long length = length(random);
    if (index.size() == 0 || random.nextInt(8) == 0) {
      return at(random.nextLong(Gfn.LIMIT), length);
    }
    int position = random.nextInt(index.size());
    long edge = random.nextBoolean() ? index.start(position) : index.end(position);
    return at(edge + random.nextInt(-2, 3) - (random.nextBoolean() ? length : 0), length);
  }

  private static long length(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> 512;
      case 1 -> 1 + random.nextLong(1L << random.nextInt(14));
      case 2 -> 1 + random.nextLong(1L << random.nextInt(20));
      // About where lengths no longer fit beside an end.
      case 3 -> random.nextInt(8) == 0 ? (1L << 23) - 3 + random.nextLong(6) : 1;
      case 4 -> random.nextInt(16) == 0 ? 1L << (24 + random.nextInt(12)) : 2;
      default -> 1 + random.nextLong(4);
    };
  }

  /** The run of {@code length} at {@code start}, or what of it is in the space, or next to it. */
  private static GfnRange at(long start, long length) {
    long from = Math.max(0, Math.min(start, Gfn.LIMIT - 1));
    return new GfnRange(from, Math.min(Gfn.LIMIT, from + length));
  }
}
