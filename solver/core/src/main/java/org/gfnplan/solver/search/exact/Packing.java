package org.gfnplan.solver.search.exact;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gfnplan.solver.search.exact.Counting.Split;
import org.jspecify.annotations.Nullable;

/** Places items in free frames. */
final class Packing {
  /** What is known of a packing. */
  enum Verdict {
    /** The lowest addresses in the order of the items. */
    LOWEST,
    /** A packing, perhaps not the lowest. */
    FOUND,
    /** There is none. */
    NONE,
    /** None was found. */
    UNKNOWN
  }

  /* Gap filling recurses once for each item. */
  private static final int MOST_ITEMS_TO_FILL = 512;
  private static final int MOST_TRIES = 256;

  /* Few items of odd sizes are packed by themselves to learn that they have no room. */
  private static final int MOST_ODD_ITEMS = 16;
  private static final int SHARE_OF_ODD_ITEMS = 256;

  private final Items items;
  private final Counting counting;
  private final Meter meter;
  private final int[] inOrder;
  private final int[] largestFirst;

  /** Where each item was placed. */
  final long[] start;

  Packing(Items items, Counting counting, Meter meter) {
    this.items = items;
    this.counting = counting;
    this.meter = meter;
    start = new long[items.count()];
    inOrder = IntStream.range(0, items.count()).toArray();
    largestFirst =
        IntStream.range(0, items.count())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> -items.step(i))
                    .thenComparingLong(i -> -items.size(i)))
            .mapToInt(i -> i)
            .toArray();
  }

  /** Looks for a packing; {@code start} holds it afterwards. */
  Verdict pack(FreeList[] free) {
    return pack(free, 0);
  }

  /** Packs the items from number {@code first} on. */
  private Verdict pack(FreeList[] free, int first) {
    if (firstFit(free, inOrder, first, null)) {
      // Each item lies as low as it can after those before it, so nothing is lower.
      return Verdict.LOWEST;
    }
    if (!counting.isPossible(free, first)) {
      return Verdict.NONE;
    }
    FreeList[] atoms = Counting.atoms(free);
    Split split = counting.split(atoms);
    if (counting.allNatural && (split != null || areApart(free)) && pushDown(atoms, split, first)) {
      return Verdict.LOWEST;
    }
    if (firstFit(free, largestFirst, first, null)
        || (split != null && firstFit(atoms, largestFirst, first, split))) {
      return Verdict.FOUND;
    }
    return areApart(free) && items.count() <= MOST_ITEMS_TO_FILL
        ? fillGaps(free, first)
        : Verdict.UNKNOWN;
  }

  /**
   * Whether neither a count nor the few items of odd sizes by themselves speak against a packing.
   */
  boolean isPossible(FreeList[] free) {
    if (!counting.isPossible(free, 0)) {
      return false;
    }
    for (int z = 0; z < free.length && !counting.allNatural; z++) {
      List<Integer> odd =
          items.zones.get(z).items.stream().filter(i -> !Counting.isNatural(items, i)).toList();
      if (!odd.isEmpty() && odd.size() <= MOST_ODD_ITEMS) {
        Meter share = meter.share(SHARE_OF_ODD_ITEMS);
        long[] places = new long[items.count()];
        if (new GapFilling(items, odd, free[z], places, share).fill() == GapFilling.Verdict.NONE) {
          return false;
        }
      }
    }
    return true;
  }

  private Verdict fillGaps(FreeList[] free, int first) {
    for (int z = 0; z < free.length; z++) {
      List<Integer> left = items.zones.get(z).items.stream().filter(i -> i >= first).toList();
      GapFilling.Verdict verdict = new GapFilling(items, left, free[z], start, meter).fill();
      if (verdict != GapFilling.Verdict.FOUND) {
        return verdict == GapFilling.Verdict.NONE ? Verdict.NONE : Verdict.UNKNOWN;
      }
    }
    return Verdict.FOUND;
  }

  private static boolean areApart(FreeList[] free) {
    for (int y = 0; y < free.length; y++) {
      for (int z = 0; z < y; z++) {
        if (free[y].overlaps(free[z])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Places each item as low as it can, those that may lie in either zone in the upper one. */
  private boolean firstFit(FreeList[] free, int[] order, int first, @Nullable Split split) {
    FreeList[] left = copy(free);
    for (int item : order) {
      if (item < first) {
        continue;
      }
      int zone = items.zoneOf[item];
      long at = -1;
      if (split != null && zone == split.both()) {
        at = left[split.upper()].lowest(items.size(item), items.step(item), 0);
      }
      if (at < 0) {
        at = left[zone].lowest(items.size(item), items.step(item), 0);
      }
      if (at < 0) {
        return false;
      }
      put(item, at, left);
    }
    return true;
  }

  private static FreeList[] copy(FreeList[] free) {
    FreeList[] copy = new FreeList[free.length];
    for (int z = 0; z < free.length; z++) {
      copy[z] = free[z].copy();
    }
    return copy;
  }

  private void put(int item, long at, FreeList[] left) {
    start[item] = at;
    for (FreeList each : left) {
      each.take(at, at + items.size(item));
    }
  }

  /**
   * Finds the lowest packing, given that there is one: each item in turn takes the lowest place at
   * which the others still fit. False when it is not known whether they do; then {@code start}
   * holds some packing.
   */
  boolean lower(FreeList[] free) {
    long[] some = start.clone();
    FreeList[] left = copy(free);
    int counted = 0;
    boolean known = true;
    while (known && counted < items.count()) {
      counting.add(counted, -1);
      known = lower(counted, left);
      counted++;
    }
    for (int item = 0; item < counted; item++) {
      counting.add(item, 1);
    }
    if (!known) {
      System.arraycopy(some, 0, start, 0, start.length);
    }
    return known;
  }

  private boolean lower(int item, FreeList[] left) {
    FreeList mine = left[items.zoneOf[item]];
    long from = 0;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long at = mine.lowest(items.size(item), items.step(item), from);
      if (at < 0) {
        return false;
      }
      FreeList[] then = copy(left);
      put(item, at, then);
      Verdict verdict = pack(then, item + 1);
      if (verdict == Verdict.UNKNOWN) {
        return false;
      }
      if (verdict != Verdict.NONE) {
        put(item, at, left);
        return true;
      }
      // To counting, all places in a block that no zone's border cuts are the same.
      boolean same = Counting.isNatural(items, item) && !counting.hasEnough(then);
      from = same ? FreeList.endOfBlock(left, at) : at + 1;
    }
    return false;
  }

  /**
   * Places each item in turn at the lowest place that leaves enough blocks for the others; counting
   * says which do. False only where counting stopped short of following all runs.
   */
  private boolean pushDown(FreeList[] free, @Nullable Split split, int first) {
    Buddies[] left = new Buddies[free.length];
    for (int z = 0; z < free.length; z++) {
      left[z] = new Buddies(free[z]);
    }
    int counted = first;
    boolean possible = true;
    while (possible && counted < items.count()) {
      counting.add(counted, -1);
      possible = pushDown(counted, split, left);
      counted++;
    }
    for (int item = first; item < counted; item++) {
      counting.add(item, 1);
    }
    return possible;
  }

  private boolean pushDown(int item, @Nullable Split split, Buddies[] left) {
    int zone = items.zoneOf[item];
    if (split != null && zone == split.both()) {
      return place(item, split, left, left[split.lower()], left[split.upper()]);
    }
    return place(item, split, left, left[zone]);
  }

  /** Takes the lowest block, in any of the zones, that leaves enough for the others. */
  private boolean place(int item, @Nullable Split split, Buddies[] left, Buddies... zones) {
    int level = Long.numberOfTrailingZeros(items.size(item));
    boolean[][] tried = new boolean[zones.length][Counting.LEVELS];
    while (true) {
      int zone = -1;
      int lowest = -1;
      long least = 0;
      for (int z = 0; z < zones.length; z++) {
        for (int from = level; from < Counting.LEVELS; from++) {
          long at = zones[z].lowest(from);
          if (!tried[z][from] && at >= 0 && (lowest < 0 || at < least)) {
            least = at;
            zone = z;
            lowest = from;
          }
        }
      }
      if (lowest < 0) {
        return false;
      }
      tried[zone][lowest] = true;
      zones[zone].takeSupply(level, lowest, 1);
      if (leavesEnough(zones[zone], split, left)) {
        start[item] = zones[zone].take(level, lowest);
        return true;
      }
      zones[zone].takeSupply(level, lowest, -1);
    }
  }

  private boolean leavesEnough(Buddies changed, @Nullable Split split, Buddies[] left) {
    if (split != null) {
      return counting.fits(split, left[split.lower()].supply, left[split.upper()].supply);
    }
    for (int z = 0; z < left.length; z++) {
      if (left[z] == changed) {
        return counting.fits(z, changed.supply);
      }
    }
    return true;
  }
}
