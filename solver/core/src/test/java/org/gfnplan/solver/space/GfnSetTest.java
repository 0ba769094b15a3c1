package org.gfnplan.solver.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GfnSetTest {
  @Test
  void touchingRangesBecomeOneButDoNotOverlap() {
    GfnRange low = new GfnRange(0, 4);
    GfnRange next = new GfnRange(4, 8);
    assertFalse(low.overlaps(next));
    assertEquals(List.of(new GfnRange(0, 8)), GfnSet.of(next, low).ranges());
  }

  @Test
  void anEmptyOrReversedRangeIsRefusedWithItsValues() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new GfnRange(8, 8));
    assertTrue(refusal.getMessage().contains("start=0x8 end=0x8"), refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new GfnRange(0, Gfn.LIMIT + 1));
    assertThrows(IllegalArgumentException.class, () -> new GfnRange(-1, 3));
  }

  @Test
  void bytesAreCoveredOutwards() {
    assertEquals(new GfnRange(0xe4, 0xe9), GfnRange.coveringBytes(0xe4000, 0xe8c00));
    assertEquals(new GfnRange(0, 1), GfnRange.coveringBytes(0, 1));
  }

  @Test
  void agreesWithABitSetOnEveryOperation() {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      BitSet bitsA = new BitSet();
      BitSet bitsB = new BitSet();
      GfnSet a = randomSet(random, bitsA);
      GfnSet b = randomSet(random, bitsB);
      long failing = seed;
      BitSet both = (BitSet) bitsA.clone();
      both.and(bitsB);
      assertEquals(fromBits(both), a.intersection(b), () -> "seed " + failing);
      BitSet either = (BitSet) bitsA.clone();
      either.or(bitsB);
      assertEquals(fromBits(either), a.union(b), () -> "seed " + failing);
      BitSet less = (BitSet) bitsA.clone();
      less.andNot(bitsB);
      assertEquals(fromBits(less), a.minus(b), () -> "seed " + failing);
      assertEquals(a, a.complement().complement(), () -> "seed " + failing);
      assertEquals(bitsA.cardinality(), a.size(), () -> "seed " + failing);
      int from = random.nextInt(63);
      int to = from + 1 + random.nextInt(64 - from);
      GfnRange window = new GfnRange(from, to);
      assertEquals(bitsA.get(from, to).cardinality(), a.overlapSize(window));
      assertEquals(!bitsA.get(from, to).isEmpty(), a.overlaps(window));
      assertEquals(bitsA.get(from, to).cardinality() == to - from, a.contains(window));
      assertEquals(bitsA.get(from), a.contains(from));
      assertEquals(a.intersection(GfnSet.of(window)), a.within(window));
    }
  }

  private static GfnSet randomSet(Random random, BitSet bits) {
    List<GfnRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int start = random.nextInt(60);
      int end = start + 1 + random.nextInt(Math.min(12, 64 - start));
      bits.set(start, end);
      ranges.add(new GfnRange(start, end));
    }
    return GfnSet.of(ranges);
  }

  private static GfnSet fromBits(BitSet bits) {
    List<GfnRange> ranges = new ArrayList<>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int to = bits.nextClearBit(from);
      ranges.add(new GfnRange(from, to));
      from = bits.nextSetBit(to);
    }
    return GfnSet.of(ranges);
  }
}
