package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rank is the number of keys that are less, by every search. */
class SortedKeysTest {
  static LongStream seeds() {
    return LongStream.range(0, 2000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRankIsTheNumberOfKeysThatAreLess(long seed) {
    Random random = new Random(seed);
    long[] values = random.longs(random.nextInt(300), 0, bound(random)).toArray();
    for (int i = values.length / 2; i < values.length; i++) {
      // Crowded and equal keys need inner tables and long buckets.
      values[i] = values[values.length / 2] + random.nextInt(1 + random.nextInt(200));
    }
    Arrays.sort(values);
    long[] wanted = new long[Block.SIZE];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = wanted(values, random);
    }
    for (SortedKeys sorted :
        List.of(
            made(values, KeySearch.SCALAR, false),
            made(values, KeySearch.SCALAR, true),
            made(values, KeySearch.best(), true))) {
      for (long key : wanted) {
        assertEquals(less(values, key), sorted.rank(key), () -> "seed " + seed + " key " + key);
      }
      assertRanks(values, sorted, wanted, seed);
      long[] ascending = wanted.clone();
      Arrays.sort(ascending);
      assertRanks(values, sorted, ascending, seed);
      long[] near = new long[Block.SIZE / 2];
      Arrays.setAll(near, i -> ascending[ascending.length / 2] + i);
      assertRanks(values, sorted, near, seed);
    }
  }

  private static SortedKeys made(long[] values, KeySearch search, boolean many) {
    long[] keys = Arrays.copyOf(values, SortedKeys.room(values.length));
    return search.keys(keys, values.length, many);
  }

  private static long bound(Random random) {
    return 1L << (1 + random.nextInt(61));
  }

  private static long wanted(long[] values, Random random) {
    if (values.length == 0 || random.nextInt(4) == 0) {
      return random.nextLong() >>> (1 + random.nextInt(62));
    }
    return Math.max(0, values[random.nextInt(values.length)] + random.nextInt(3) - 1);
  }

  private static void assertRanks(long[] values, SortedKeys sorted, long[] wanted, long seed) {
    int[] expected = Arrays.stream(wanted).mapToInt(key -> less(values, key)).toArray();
    int[] ranks = new int[wanted.length];
    sorted.ranks(wanted, wanted.length, ranks);
    assertArrayEquals(expected, ranks, () -> "seed " + seed);
  }

  private static int less(long[] values, long key) {
    return (int) Arrays.stream(values).filter(value -> value < key).count();
  }
}
