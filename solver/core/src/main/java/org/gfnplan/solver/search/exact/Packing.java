package org.gfnplan.solver.search.exact;

import java.util.Comparator;
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

  private final Items items;
  private final Counting counting;

  /** Where each item was placed. */
  final long[] start;

  Packing(Items items, Counting counting) {
    this.items = items;
    this.counting = counting;
    start = new long[items.count()];
  }

  /** Looks for a packing; {@code start} holds it afterwards. */
  Verdict pack(FreeList[] free) {
    Split none = null;
    if (firstFit(free, IntStream.range(0, items.count()).toArray(), none)) {
      // Each item lies as low as it can after those before it, so nothing is lower.
      return Verdict.LOWEST;
    }
    if (!counting.isPossible(free)) {
      return Verdict.NONE;
    }
    if (counting.allNatural) {
      FreeList[] atoms = Counting.atoms(free);
      Split split = Counting.split(atoms);
      if ((split != null || areApart(free)) && pushDown(atoms, split)) {
        return Verdict.LOWEST;
      }
    }
    int[] largestFirst =
        IntStream.range(0, items.count())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> -items.step(i))
                    .thenComparingLong(i -> -items.size(i)))
            .mapToInt(i -> i)
            .toArray();
    boolean found =
        firstFit(free, largestFirst, none)
            || firstFit(Counting.atoms(free), largestFirst, Counting.split(Counting.atoms(free)));
    return found ? Verdict.FOUND : Verdict.UNKNOWN;
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
  private boolean firstFit(FreeList[] free, int[] order, @Nullable Split split) {
    FreeList[] left = new FreeList[free.length];
    for (int z = 0; z < free.length; z++) {
      left[z] = free[z].copy();
    }
    for (int item : order) {
      int zone = items.zoneOf[item];
      long at = -1;
      if (split != null && zone == split.both()) {
        at = left[split.upper()].lowest(items.size(item), items.step(item));
      }
      if (at < 0) {
        at = left[zone].lowest(items.size(item), items.step(item));
      }
      if (at < 0) {
        return false;
      }
      start[item] = at;
      for (FreeList each : left) {
        each.take(at, at + items.size(item));
      }
    }
    return true;
  }

  /**
   * Places each item in turn at the lowest place that leaves enough blocks for the others; counting
   * says which do. False only where counting stopped short of following all runs.
   */
  private boolean pushDown(FreeList[] free, @Nullable Split split) {
    Buddies[] left = new Buddies[free.length];
    for (int z = 0; z < free.length; z++) {
      left[z] = new Buddies(free[z]);
    }
    int[] shared = split == null ? new int[0] : counting.natural(split.both());
    int placed = 0;
    boolean possible = true;
    while (possible && placed < items.count()) {
      possible = pushDown(placed, split, left, shared);
      placed++;
    }
    for (int item = 0; item < placed; item++) {
      if (split == null || items.zoneOf[item] != split.both()) {
        counting.add(item, 1);
      }
    }
    return possible;
  }

  private boolean pushDown(int item, @Nullable Split split, Buddies[] left, int[] shared) {
    int zone = items.zoneOf[item];
    int level = Long.numberOfTrailingZeros(items.size(item));
    if (split != null && zone == split.both()) {
      shared[level]--;
      return place(item, level, left[split.lower()], split, left, shared)
          || place(item, level, left[split.upper()], split, left, shared);
    }
    counting.add(item, -1);
    return place(item, level, left[zone], split, left, shared);
  }

  private boolean place(
      int item, int level, Buddies zone, @Nullable Split split, Buddies[] left, int[] shared) {
    boolean[] tried = new boolean[Counting.LEVELS];
    while (true) {
      int lowest = -1;
      for (int from = level; from < Counting.LEVELS; from++) {
        if (!tried[from]
            && zone.lowest(from) >= 0
            && (lowest < 0 || zone.lowest(from) < zone.lowest(lowest))) {
          lowest = from;
        }
      }
      if (lowest < 0) {
        return false;
      }
      tried[lowest] = true;
      zone.takeSupply(level, lowest, 1);
      if (leavesEnough(zone, split, left, shared)) {
        start[item] = zone.take(level, lowest);
        return true;
      }
      zone.takeSupply(level, lowest, -1);
    }
  }

  private boolean leavesEnough(
      Buddies changed, @Nullable Split split, Buddies[] left, int[] shared) {
    if (split != null) {
      return counting.fits(split, left[split.lower()].supply, left[split.upper()].supply, shared);
    }
    for (int z = 0; z < left.length; z++) {
      if (left[z] == changed) {
        return counting.fits(z, changed.supply);
      }
    }
    return true;
  }
}
