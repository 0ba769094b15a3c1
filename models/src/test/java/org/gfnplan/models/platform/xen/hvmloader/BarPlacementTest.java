package org.gfnplan.models.platform.xen.hvmloader;

import static org.gfnplan.models.platform.xen.hvmloader.BarPlacement.ALL_PLACED;
import static org.gfnplan.models.platform.xen.hvmloader.BarPlacement.NO_SPACE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.platform.E820Entry;
import org.junit.jupiter.api.Test;

class BarPlacementTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long FOUR_GIB = 4 * GIB;
  private static final int CASES = 4000;
  private static final long WINDOW_END = 0xfc00_0000L;

  private static E820Entry reserved(long start, long end) {
    return new E820Entry(start, end, E820Entry.RESERVED);
  }

  private static BarPlacement narrow(List<E820Entry> map, long... sizes) {
    return new BarPlacement(sizes, new boolean[sizes.length], map);
  }

  @Test
  void whatIsSkippedIsNeverUsedAgain() {
    BarPlacement rule =
        narrow(List.of(reserved(0xf200_0000L, 0xf400_0000L)), 32 * MIB, 32 * MIB, 16 * MIB);
    BarAddresses at = new BarAddresses(3);
    assertEquals(ALL_PLACED, rule.place(0xf100_0000L, WINDOW_END, FOUR_GIB, 1L << 40, at));
    assertEquals(0xf400_0000L, at.address(0));
    assertEquals(0xf600_0000L, at.address(1));
    assertEquals(0xf800_0000L, at.address(2));
  }

  @Test
  void aWideRegisterStaysLowAndUnplacedWhenTheSumFits() {
    BarPlacement rule =
        new BarPlacement(
            new long[] {512 * MIB, 512 * MIB},
            new boolean[] {false, true},
            List.of(reserved(0x9000_0000L, 0xf800_0000L)));
    BarAddresses at = new BarAddresses(2);
    assertEquals(0, rule.place(0x7000_0000L, WINDOW_END, 0x1_8f80_0000L, 1L << 40, at));
    assertEquals(NO_SPACE, at.address(0));
    assertEquals(NO_SPACE, at.address(1));
  }

  @Test
  void aRegisterAbove4GibIsPlacedOnReservedMemoryAndFound() {
    BarPlacement rule =
        new BarPlacement(
            new long[] {8 * GIB, MIB},
            new boolean[] {true, false},
            List.of(reserved(8 * GIB, 8 * GIB + 65536)));
    BarAddresses at = new BarAddresses(2);
    assertEquals(ALL_PLACED, rule.place(0xf000_0000L, WINDOW_END, 0x1_0f80_0000L, 1L << 40, at));
    assertEquals(8 * GIB, at.address(0));
    assertEquals(8 * GIB, at.highStart());
    assertEquals(16 * GIB, at.highEnd());
    assertEquals(0, rule.firstOnReserved(at));
    assertEquals(1, rule.firstMeeting(at, 0, FOUR_GIB));
    assertEquals(ALL_PLACED, rule.firstMeeting(at, 0, 0xf000_0000L));
  }

  @Test
  void aRegisterBeforeAnInnerEntryIsPlacedOnTheOuterOne() {
    BarPlacement rule =
        narrow(
            List.of(reserved(0xf000_0000L, 0xf400_0000L), reserved(0xf200_0000L, 0xf210_0000L)),
            16 * MIB);
    BarAddresses at = new BarAddresses(1);
    assertEquals(ALL_PLACED, rule.place(0xf000_0000L, WINDOW_END, FOUR_GIB, 1L << 40, at));
    assertEquals(0xf000_0000L, at.address(0));
    assertEquals(0, rule.firstOnReserved(at));
  }

  @Test
  void aHighRegisterPastThePhysicalBitsHasNoSpace() {
    BarPlacement rule = new BarPlacement(new long[] {64 * GIB}, new boolean[] {true}, List.of());
    BarAddresses at = new BarAddresses(1);
    assertEquals(0, rule.place(0xf000_0000L, WINDOW_END, FOUR_GIB, 1L << 36, at));
    assertEquals(ALL_PLACED, rule.place(0xf000_0000L, WINDOW_END, FOUR_GIB, 1L << 37, at));
    assertEquals(64 * GIB, at.address(0));
  }

  @Test
  void theWindowGrowsByPowersOfTwoAsFarAsRamLetsIt() {
    BarPlacement rule = narrow(List.of(), 512 * MIB, 512 * MIB, 512 * MIB);
    assertEquals(0x8000_0000L, rule.windowStart(0x7f80_0000L, WINDOW_END, false));
    assertEquals(0xc000_0000L, rule.windowStart(0x8b80_0000L, WINDOW_END, false));
    assertEquals(0x8000_0000L, rule.windowStart(0x8b80_0000L, WINDOW_END, true));
  }

  @Test
  void reservedMemoryInTheWindowMakesItStartWhereRamEnds() {
    BarPlacement rule = narrow(List.of(reserved(0xf200_0000L, 0xf400_0000L)), MIB);
    assertEquals(0x3e5a_7000L, rule.windowStart(0x3e5a_7000L, WINDOW_END, false));
    assertEquals(0xf000_0000L, rule.windowStart(0xf000_0000L, WINDOW_END, false));
  }

  @Test
  void registersMustComeLargestFirst() {
    assertThrows(IllegalArgumentException.class, () -> narrow(List.of(), MIB, 2 * MIB));
    assertThrows(IllegalArgumentException.class, () -> narrow(List.of(), 3 * MIB));
  }

  @Test
  void randomWindowsAreFilledAsTheLongWayFillsThem() {
    int full = 0;
    int high = 0;
    int pushed = 0;
    for (long seed = 0; seed < CASES; seed++) {
      // Scrambled, because neighbouring seeds begin alike.
      Random random = new Random(seed * 0x9e3779b97f4a7c15L);
      int count = random.nextInt(9);
      List<Long> drawn = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        drawn.add(MIB << random.nextInt(13));
      }
      drawn.sort(Collections.reverseOrder());
      long[] sizes = drawn.stream().mapToLong(Long::longValue).toArray();
      boolean[] wide = new boolean[count];
      for (int i = 0; i < count; i++) {
        wide[i] = random.nextBoolean();
      }
      List<E820Entry> map = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        long start = (0xb00 + random.nextInt(0x600)) * MIB;
        map.add(reserved(start, start + MIB * (1 + random.nextInt(64))));
      }
      long start = (0xb00 + random.nextInt(0x480)) * MIB;
      long ramEnd = FOUR_GIB + random.nextInt(5000) * MIB;
      BarAddresses fast = new BarAddresses(count);
      int first =
          new BarPlacement(sizes, wide, map).place(start, WINDOW_END, ramEnd, 1L << 36, fast);
      long[] slow = theLongWay(sizes, wide, map, start, ramEnd, 1L << 36);
      long[] got = new long[count];
      for (int i = 0; i < count; i++) {
        got[i] = fast.address(i);
      }
      String shown =
          "seed=%d sizes=%s wide=%s map=%s start=0x%x"
              .formatted(seed, Arrays.toString(sizes), Arrays.toString(wide), map, start);
      assertEquals(Arrays.toString(slow), Arrays.toString(got), shown);
      assertEquals(Arrays.stream(slow).boxed().toList().indexOf(NO_SPACE), first, shown);
      full += first == ALL_PLACED ? 0 : 1;
      high += fast.highStart() == 0 ? 0 : 1;
      long[] free = theLongWay(sizes, wide, List.of(), start, ramEnd, 1L << 36);
      pushed += Arrays.equals(free, slow) ? 0 : 1;
    }
    // The cases are a real mix.
    for (int seen : new int[] {full, high, pushed}) {
      assertTrue(
          seen > CASES / 10 && seen < CASES * 9 / 10,
          "full=%d high=%d pushed=%d".formatted(full, high, pushed));
    }
  }

  /** The rule as hvmloader words it: the whole map is searched again for every address. */
  private static long[] theLongWay(
      long[] sizes, boolean[] wide, List<E820Entry> map, long start, long high, long limit) {
    long total = 0;
    boolean relocate = false;
    for (int i = 0; i < sizes.length; i++) {
      if (wide[i] && sizes[i] > GIB) {
        relocate = true;
      } else {
        total += sizes[i];
      }
    }
    relocate |= total > WINDOW_END - start;
    long[] next = {start, high};
    long[] end = {WINDOW_END, limit};
    long[] found = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      boolean above = wide[i] && relocate && (total > WINDOW_END - next[0] || sizes[i] > GIB);
      total -= sizes[i] <= GIB ? sizes[i] : 0;
      int resource = above ? 1 : 0;
      long base = (next[resource] + sizes[i] - 1) / sizes[i] * sizes[i];
      E820Entry entry = above ? null : nearest(map, base);
      while (entry != null && base + sizes[i] > entry.startByte() && base < entry.endByte()) {
        base = (entry.endByte() + sizes[i] - 1) / sizes[i] * sizes[i];
        entry = nearest(map, base);
      }
      if (above) {
        next[1] = base;
      }
      found[i] = base + sizes[i] > end[resource] ? NO_SPACE : base;
      if (found[i] != NO_SPACE) {
        next[resource] = base + sizes[i];
      }
    }
    return found;
  }

  private static E820Entry nearest(List<E820Entry> map, long base) {
    E820Entry found = null;
    long least = FOUR_GIB;
    for (E820Entry entry : map) {
      if (entry.endByte() > base && entry.endByte() <= least) {
        found = entry;
        least = entry.endByte();
      }
    }
    return found;
  }
}
