package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of so many ranges that they are searched in another way. */
class ManyRangesTest {
  private static final int RANGES = 100_000;
  private static final int QUERIES = 100_000;

  @ParameterizedTest(name = "disjoint: {0}")
  @ValueSource(booleans = {true, false})
  void batchesAndSingleLooksAgreeWithSortedEdges(boolean disjoint) {
    Random random = new Random(disjoint ? 1 : 2);
    long[] starts = new long[RANGES];
    long[] ends = new long[RANGES];
    long at = 0;
    for (int i = 0; i < RANGES; i++) {
      at += random.nextInt(3) * (1L << random.nextInt(16));
      starts[i] = at;
      at += 1 + random.nextInt(500);
      ends[i] = disjoint ? at : at + random.nextInt(2000);
    }
    GfnIndex index = GfnIndex.of(starts, ends);
    assertEquals(disjoint, index.isDisjoint());
    long[] sortedEnds = ends.clone();
    Arrays.sort(sortedEnds);
    long[] from = new long[QUERIES];
    long[] to = new long[QUERIES];
    int[] expected = new int[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      GfnRange query = RandomRanges.near(index, random);
      from[i] = query.start();
      to[i] = query.end();
      expected[i] = less(starts, to[i]) - less(sortedEnds, from[i] + 1);
      assertEquals(expected[i], index.count(from[i], to[i]));
      assertEquals(expected[i] > 0, index.any(from[i], to[i]));
    }
    int[] counts = new int[QUERIES];
    index.count(from, to, counts);
    assertArrayEquals(expected, counts);
    long[] bits = new long[(QUERIES + 63) / 64];
    assertEquals(Arrays.stream(expected).filter(n -> n > 0).count(), index.any(from, to, bits));
    int[] firsts = new int[QUERIES];
    index.first(from, to, firsts);
    for (int i = 0; i < QUERIES; i++) {
      assertEquals(expected[i] > 0, (bits[i / 64] >>> i & 1) != 0);
      assertEquals(index.first(from[i], to[i]), firsts[i]);
      assertEquals(expected[i] > 0, firsts[i] != GfnIndex.NONE);
    }
  }

  private static int less(long[] sorted, long key) {
    int place = Arrays.binarySearch(sorted, key);
    while (place > 0 && sorted[place - 1] == key) {
      place--;
    }
    return place < 0 ? ~place : place;
  }
}
