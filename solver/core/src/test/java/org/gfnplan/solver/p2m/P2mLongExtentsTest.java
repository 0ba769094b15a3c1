package org.gfnplan.solver.p2m;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extents too long for their keys, among others, in blocks that split and join. */
class P2mLongExtentsTest {
  private static final int SLOTS = 1000;
  private static final int SLOT_BITS = 25;

  /** About where the length no longer fits. */
  private static final long LONG = (1L << 23) - 2;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepTheirStartsWhereverTheyMove(long seed) {
    Random random = new Random(seed);
    P2mMap map = new P2mMap();
    TreeMap<Integer, Extent> expected = new TreeMap<>();
    P2mSnapshot kept = map.snapshot();
    List<Extent> keptExtents = List.of();
    for (int i = 0; i < 12_000; i++) {
      int slot = random.nextInt(SLOTS);
      boolean grows = i / 3000 % 2 == 0;
      if (random.nextInt(10) < (grows ? 7 : 3)) {
        Extent extent = extent(slot, random);
        Extent inTheWay = map.insert(extent);
        assertEquals(expected.get(slot), inTheWay, "seed " + seed + ", operation " + i);
        expected.putIfAbsent(slot, extent);
      } else {
        Extent there = expected.remove(slot);
        long frames = map.remove(GfnRange.at((long) slot << SLOT_BITS, 1L << SLOT_BITS));
        assertEquals(there == null ? 0 : there.range().length(), frames, "seed " + seed + ", " + i);
      }
      if (i % 500 == 0) {
        assertEquals(keptExtents, kept.all(), "seed " + seed + ", operation " + i);
        kept = map.snapshot();
        keptExtents = new ArrayList<>(expected.values());
        assertEquals(keptExtents, map.all(), "seed " + seed + ", operation " + i);
      }
    }
  }

  /** Meets all of its slot and touches none of another. One in eight is long. */
  private static Extent extent(int slot, Random random) {
    long length =
        random.nextInt(8) == 0 ? LONG + random.nextLong(4) + random.nextLong(2) * LONG : 1;
    long start = ((long) slot << SLOT_BITS) + 1;
    return new Extent(
        GfnRange.at(start, length), random.nextInt(1 << 20), P2mType.RAM, Access.READ_WRITE);
  }
}
