package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares, for each size of block, how many the items need with how many are free. */
final class Counting {
  /*
   * An item whose size is its alignment, 2^m, takes exactly 2^(m-k) aligned blocks of 2^k, wherever
   * it lies, so what was placed before it never matters: the items of one zone fit iff at every
   * level k the demand D_k is at most the supply N_k.
   *
   * When a zone is the union of two others that no block reaches across, each of its items lies in one of the two, and y_m of
   * those of size 2^m in the upper one. With Y_k the frames of those of at least 2^k there, both
   * zones have room iff low_k <= Y_k <= high_k at every level, where Y_k is Y_(k+1) plus 0 to a_k
   * times 2^k. The values that Y_k can have are a few runs of multiples; they are followed from
   * the largest size down.
   *
   * Other items are counted by the blocks that they surely cover, so for them a "no" is certain
   * and a "yes" is not. They are counted by the multiples of 2^k that they cover as well: an item
   * of 128 GiB and a frame whose alignment is 128 GiB covers one block of 128 GiB but two multiples.
   */
  static final int LEVELS = 41;

  private static final int MOST_RUNS = 512;

  private final Items items;

  /* One zone more than there are, for what is left of a zone beside another; it has no items. */

  /** For each zone and level, how many natural items have this size. */
  private final int[][] natural;

  /** For each zone and level, the blocks that its items surely cover. */
  private final long[][] demand;

  /** For each zone and level, the multiples of the block size that its items surely cover. */
  private final long[][] points;

  /** For each zone, the size of its largest natural item, at least 1. */
  private final long[] largest;

  /** The levels at which some item has its size or alignment, descending. */
  private final int[] levels;

  /** Whether every item is as large as its alignment. */
  final boolean allNatural;

  /** A block size of which more are needed than fit. */
  record Shortage(FreeList free, int level, long needed, long fit, List<Integer> zones) {}

  Counting(Items items) {
    this.items = items;
    int zones = items.zones.size() + 1;
    natural = new int[zones][LEVELS];
    demand = new long[zones][LEVELS];
    points = new long[zones][LEVELS];
    largest = new long[zones];
    Arrays.fill(largest, 1);
    boolean[] occurs = new boolean[LEVELS];
    occurs[0] = true;
    boolean all = true;
    for (int i = 0; i < items.count(); i++) {
      occurs[Long.numberOfTrailingZeros(items.step(i))] = true;
      int zone = items.zoneOf[i];
      if (isNatural(items, i)) {
        largest[zone] = Math.max(largest[zone], items.size(i));
      } else {
        all = false;
      }
    }
    allNatural = all;
    int count = 0;
    int[] found = new int[LEVELS];
    for (int level = LEVELS - 1; level >= 0; level--) {
      if (occurs[level]) {
        found[count++] = level;
      }
    }
    levels = Arrays.copyOf(found, count);
    for (int i = 0; i < items.count(); i++) {
      add(i, 1);
    }
  }

  static boolean isNatural(Items items, int item) {
    return items.size(item) == items.step(item) && Long.bitCount(items.size(item)) == 1;
  }

  /** Counts an item in or, with -1, out. */
  void add(int item, int sign) {
    int zone = items.zoneOf[item];
    if (isNatural(items, item)) {
      natural[zone][Long.numberOfTrailingZeros(items.size(item))] += sign;
    }
    for (int level : levels) {
      demand[zone][level] += sign * covered(item, level);
      points[zone][level] += sign * touched(item, level);
    }
  }

  /** How many multiples of the block size the item covers wherever it lies. */
  private long touched(int item, int level) {
    long size = items.size(item);
    long block = 1L << level;
    return items.step(item) % block == 0 ? (size + block - 1) >> level : size >> level;
  }

  /** How many aligned blocks of the level the item covers wherever it lies. */
  private long covered(int item, int level) {
    long size = items.size(item);
    long block = 1L << level;
    return items.step(item) % block == 0 ? size >> level : Math.max(0, (size - block + 1) >> level);
  }

  /** Whether the items of some zone cover more multiples of some block size than are free. */
  private boolean lacksPoints(FreeList[] free) {
    for (int z = 0; z < free.length; z++) {
      for (int level : levels) {
        long needed = points[z][level];
        for (int y = 0; y < free.length; y++) {
          needed += y != z && free[y].isWithin(free[z]) ? points[y][level] : 0;
        }
        if (needed > 0 && needed > free[z].points(level)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A shortage, or null when counting finds none. */
  @Nullable Shortage shortage(FreeList[] free) {
    for (int z = 0; z < free.length; z++) {
      List<Integer> inside = new ArrayList<>();
      for (int y = 0; y < free.length; y++) {
        if (y == z || free[y].isWithin(free[z])) {
          inside.add(y);
        }
      }
      Shortage shortage = shortage(free[z], inside);
      if (shortage != null) {
        return shortage;
      }
    }
    return null;
  }

  private @Nullable Shortage shortage(FreeList free, List<Integer> zones) {
    for (int level : levels) {
      long needed = 0;
      for (int z : zones) {
        needed += demand[z][level];
      }
      if (needed > 0) {
        long fit = free.blocks(level);
        if (needed > fit) {
          return new Shortage(free, level, needed, fit, zones);
        }
      }
    }
    return null;
  }

  /** The zones, and for two of which one lies in the other also what is left of the larger one. */
  static FreeList[] atoms(FreeList[] free) {
    if (free.length != 2) {
      return free;
    }
    for (int z = 0; z < 2; z++) {
      if (free[z].isWithin(free[1 - z])) {
        FreeList rest = free[1 - z].copy();
        for (int i = 0; i < free[z].count(); i++) {
          rest.take(free[z].start(i), free[z].end(i));
        }
        return new FreeList[] {free[0], free[1], rest};
      }
    }
    return free;
  }

  /** Two zones that do not overlap and a third that is their union. */
  record Split(int lower, int upper, int both) {}

  /**
   * The split of the zones, or null when they are not three like that. Where the two touch, the
   * border must be on the grid of every item that may lie in both, or it could lie across.
   */
  @Nullable Split split(FreeList[] free) {
    if (free.length != 3) {
      return null;
    }
    for (int both = 0; both < 3; both++) {
      int one = (both + 1) % 3;
      int other = (both + 2) % 3;
      if (!free[one].overlaps(free[other])
          && free[one].and(free[other]).sameAs(free[both])
          && free[one].touchesOnlyAt(free[other], largest[both])) {
        boolean lowerFirst =
            free[one].count() == 0
                || (free[other].count() > 0 && free[one].start(0) < free[other].start(0));
        return lowerFirst ? new Split(one, other, both) : new Split(other, one, both);
      }
    }
    return null;
  }

  /** Blocks of each level that are free in a zone. */
  long[] supply(FreeList free) {
    long[] supply = new long[LEVELS];
    for (int level : levels) {
      supply[level] = free.blocks(level);
    }
    return supply;
  }

  /** Whether every level of a zone has the blocks its items need. */
  boolean fits(int zone, long[] supply) {
    for (int level : levels) {
      if (demand[zone][level] > supply[level]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the items of the union can be shared out to two zones with these supplies. */
  boolean fits(Split split, long[] lower, long[] upper) {
    int[] shared = natural[split.both()];
    List<long[]> runs = new ArrayList<>();
    runs.add(new long[] {0, 0});
    int grid = LEVELS - 1;
    long frames = 0;
    for (int level : levels) {
      int count = shared[level];
      frames += (long) count << level;
      if (count > 0) {
        runs = grown(runs, grid, level, count);
        if (runs.size() > MOST_RUNS) {
          return true;
        }
        grid = level;
      }
      long most = (upper[level] - demand[split.upper()][level]) << level;
      long least = frames - ((lower[level] - demand[split.lower()][level]) << level);
      runs = clipped(runs, grid, least, most);
      if (runs.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<long[]> grown(List<long[]> runs, int grid, int level, int count) {
    long reach = (long) count << level;
    boolean joined = reach >= (1L << grid) - (1L << level);
    List<long[]> grown = new ArrayList<>();
    for (long[] run : runs) {
      if (joined) {
        append(grown, run[0], run[1] + reach, level);
        continue;
      }
      for (long at = run[0]; at <= run[1] && grown.size() <= MOST_RUNS; at += 1L << grid) {
        append(grown, at, at + reach, level);
      }
    }
    return grown;
  }

  private static void append(List<long[]> runs, long from, long to, int level) {
    if (!runs.isEmpty()) {
      long[] last = runs.get(runs.size() - 1);
      if (from <= last[1] + (1L << level)) {
        last[1] = Math.max(last[1], to);
        return;
      }
    }
    runs.add(new long[] {from, to});
  }

  private static List<long[]> clipped(List<long[]> runs, int grid, long least, long most) {
    List<long[]> left = new ArrayList<>();
    long block = 1L << grid;
    for (long[] run : runs) {
      long from = run[0] + roundUpToBlock(Math.max(0, least - run[0]), block);
      long to = run[1] - roundUpToBlock(Math.max(0, run[1] - most), block);
      if (from <= to) {
        left.add(new long[] {from, to});
      }
    }
    return left;
  }

  private static long roundUpToBlock(long value, long block) {
    return (value + block - 1) / block * block;
  }

  /**
   * Whether nothing speaks against the items from number {@code from} on, which are those that are
   * counted in: neither a count nor one that has no place even by itself.
   */
  boolean isPossible(FreeList[] free, int from) {
    for (int item = from; item < items.count(); item++) {
      if (free[items.zoneOf[item]].lowest(items.size(item), items.step(item), 0) < 0) {
        return false;
      }
    }
    return (allNatural || !lacksPoints(free)) && hasEnough(free);
  }

  /** Whether there are enough blocks of every level for the items that are counted in. */
  boolean hasEnough(FreeList[] free) {
    if (shortage(free) != null) {
      return false;
    }
    FreeList[] atoms = atoms(free);
    Split split = split(atoms);
    return split == null || fits(split, supply(atoms[split.lower()]), supply(atoms[split.upper()]));
  }
}
