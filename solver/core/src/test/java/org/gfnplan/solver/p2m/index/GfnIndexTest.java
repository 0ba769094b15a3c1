package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

class GfnIndexTest {
  private static final long LAST = Gfn.LIMIT - 1;

  @Test
  void anEmptyIndexMeetsNothing() {
    GfnIndex index = GfnIndex.of(List.of());
    assertEquals(List.of(), met(index, 0, Gfn.LIMIT));
    assertEquals(0, index.count(0, Long.MAX_VALUE));
    assertEquals(GfnIndex.NONE, index.first(LAST, Gfn.LIMIT));
    assertFalse(index.any(0, 1));
    assertEquals(0, index.any(new long[] {0}, new long[] {1}, new long[1]));
  }

  @Test
  void touchingRangesDoNotMeet() {
    for (GfnIndex index : List.of(index(10, 20, 20, 30), index(10, 20, 12, 13, 20, 30))) {
      assertFalse(index.any(0, 10));
      assertFalse(index.any(30, 31));
      assertEquals(1, index.count(20, 21));
      assertEquals(index.size() - 1, index.first(20, 40));
    }
  }

  @Test
  void theFirstAndTheLastFrameAreFrames() {
    for (GfnIndex index :
        List.of(index(0, 1, LAST, Gfn.LIMIT), index(0, Gfn.LIMIT), index(0, Gfn.LIMIT, 0, 1))) {
      assertTrue(index.any(0, 1));
      assertTrue(index.any(LAST, Gfn.LIMIT));
      assertTrue(index.any(LAST, Long.MAX_VALUE));
      assertFalse(index.any(Gfn.LIMIT, Long.MAX_VALUE));
      assertEquals(GfnIndex.NONE, index.first(Gfn.LIMIT, Gfn.LIMIT + 1));
      assertEquals(index.size(), index.count(0, Gfn.LIMIT));
    }
  }

  @Test
  void equalRangesAreAllThereInTheOrderOfTheInput() {
    GfnIndex index = index(5, 9, 3, 4, 5, 9, 5, 7, 5, 9);
    assertFalse(index.isDisjoint());
    assertEquals(List.of(1, 2, 3, 4), met(index, 6, 7));
    assertEquals(List.of(1, 3, 0, 2, 4), IntStream.range(0, 5).map(index::id).boxed().toList());
    assertEquals(List.of(2, 3, 4), met(index, 8, 20));
  }

  @Test
  void aRangeOverAMillionOthersIsFoundWithoutThem() {
    int count = 1 << 20;
    long[] starts = LongStream.rangeClosed(0, count).map(i -> i == 0 ? 0 : i * 16 + 4).toArray();
    long[] ends = LongStream.rangeClosed(0, count).map(i -> i == 0 ? LAST : i * 16 + 6).toArray();
    GfnIndex index = GfnIndex.of(starts, ends);
    for (int i = 1; i < count; i += 997) {
      assertEquals(List.of(0), met(index, i * 16L, i * 16L + 4));
      assertEquals(List.of(0, i), met(index, i * 16L + 5, i * 16L + 8));
      assertEquals(11, index.count(i * 16L, i * 16L + 160));
    }
    assertEquals(1, index.count(LAST - 1, LAST));
    assertFalse(index.any(LAST, Gfn.LIMIT));
    assertTrue(index.bytes() < 50L * count);
  }

  @Test
  void nestedRangesAreAllMet() {
    int depth = 5000;
    long[] starts = LongStream.range(0, depth).toArray();
    long[] ends = LongStream.range(0, depth).map(i -> 4L * depth - i).toArray();
    GfnIndex index = GfnIndex.of(starts, ends);
    assertEquals(depth, met(index, depth, depth + 1).size());
    assertEquals(List.of(0, 1, 2), met(index, 2, 3));
    assertEquals(List.of(0, 1, 2), met(index, 4L * depth - 3, 4L * depth));
    assertTrue(index.bytes() < 50L * depth);
  }

  @Test
  void disjointRangesTakeNoMoreThanSixteenBytesHoweverTheyLie() {
    Random random = new Random(7);
    int count = 100_000;
    for (int bits = 0; bits < 24; bits += 4) {
      long[] starts = new long[count];
      long at = 0;
      for (int i = 0; i < count; i++) {
        // Most crowd, and each crowd is farther away than all before it.
        at += i % 5000 == 0 ? 1L << (bits + i / 10_000) : 1 + random.nextLong(1L << (bits / 2));
        starts[i] = at;
      }
      GfnIndex index = GfnIndex.of(starts, LongStream.of(starts).map(s -> s + 1).toArray());
      assertTrue(index.isDisjoint());
      assertTrue(index.bytes() <= 16L * count, bits + ": " + index.bytes());
    }
  }

  @Test
  void everyPairThatOverlapsIsJoinedOnce() {
    for (long seed = 0; seed < 200; seed++) {
      List<GfnRange> mine = RandomRanges.of(seed);
      List<GfnRange> other = RandomRanges.of(seed / 2 + 500);
      GfnIndex left = GfnIndex.of(mine);
      GfnIndex right = GfnIndex.of(other);
      List<String> joined = new ArrayList<>();
      left.join(right, (i, j) -> joined.add(left.id(i) + " " + right.id(j)));
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < mine.size(); i++) {
        for (int j = 0; j < other.size(); j++) {
          if (mine.get(i).overlaps(other.get(j))) {
            expected.add(i + " " + j);
          }
        }
      }
      assertEquals(
          expected.stream().sorted().toList(), joined.stream().sorted().toList(), "" + seed);
    }
  }

  @Test
  void whatTheCallerDoesWithItsArraysLaterDoesNotMatter() {
    long[] starts = {1, 5, 9};
    long[] ends = {2, 7, 20};
    GfnIndex index = GfnIndex.of(starts, ends);
    Arrays.fill(starts, 0);
    Arrays.fill(ends, 100);
    assertEquals(List.of(1), met(index, 6, 9));
  }

  @Test
  void rangesAndQueriesThatAreNoneAreRefused() {
    long[][] wrong = {{-1, 1}, {1, 1}, {2, 1}, {LAST, Gfn.LIMIT + 1}};
    for (long[] range : wrong) {
      assertThrows(IllegalArgumentException.class, () -> index(range));
    }
    assertThrows(IllegalArgumentException.class, () -> GfnIndex.of(new long[1], new long[2]));
    for (GfnIndex index : List.of(index(), index(1, 2), index(1, 3, 2, 4))) {
      for (long[] query : new long[][] {{-1, 1}, {1, 1}, {2, 1}}) {
        long start = query[0];
        long end = query[1];
        assertThrows(IllegalArgumentException.class, () -> index.any(start, end));
        assertThrows(IllegalArgumentException.class, () -> index.first(start, end));
        assertThrows(IllegalArgumentException.class, () -> index.count(start, end));
        assertThrows(
            IllegalArgumentException.class, () -> index.visit(start, end, (i, from, to) -> {}));
        assertThrows(
            IllegalArgumentException.class,
            () -> index.any(new long[] {start}, new long[] {end}, new long[1]));
      }
      assertThrows(
          IllegalArgumentException.class, () -> index.any(new long[1], new long[1], new long[0]));
      assertThrows(IndexOutOfBoundsException.class, () -> index.start(index.size()));
      assertThrows(IndexOutOfBoundsException.class, () -> index.end(index.size()));
      assertThrows(IndexOutOfBoundsException.class, () -> index.id(index.size()));
    }
  }

  private static List<Integer> met(GfnIndex index, long start, long end) {
    List<Integer> positions = new ArrayList<>();
    index.visit(start, end, (i, from, to) -> positions.add(i));
    assertEquals(positions.size(), index.count(start, end));
    return positions;
  }

  private static GfnIndex index(long... edges) {
    long[] starts = new long[edges.length / 2];
    long[] ends = new long[edges.length / 2];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = edges[2 * i];
      ends[i] = edges[2 * i + 1];
    }
    return GfnIndex.of(starts, ends);
  }
}
