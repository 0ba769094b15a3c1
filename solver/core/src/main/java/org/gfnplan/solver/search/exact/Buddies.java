package org.gfnplan.solver.search.exact;

import java.util.Arrays;

/** Free frames as maximal aligned blocks, and how many blocks of each level there are. */
final class Buddies {
  private final long[][] blocks = new long[Counting.LEVELS][];
  private final int[] count = new int[Counting.LEVELS];

  /** How many aligned blocks of each level are free, whole ones within larger ones included. */
  final long[] supply = new long[Counting.LEVELS];

  Buddies(FreeList free) {
    Arrays.fill(blocks, new long[0]);
    for (int i = 0; i < free.count(); i++) {
      long at = free.start(i);
      while (at < free.end(i)) {
        int level = at == 0 ? Counting.LEVELS - 1 : Long.numberOfTrailingZeros(at);
        while (at + (1L << level) > free.end(i)) {
          level--;
        }
        insert(level, at);
        at += 1L << level;
      }
    }
    for (int level = 0; level < Counting.LEVELS; level++) {
      for (int k = 0; k <= level; k++) {
        supply[k] += (long) count[level] << (level - k);
      }
    }
  }

  /** The lowest maximal block of this level, or -1. */
  long lowest(int level) {
    return count[level] == 0 ? -1 : blocks[level][0];
  }

  /** What the supply is when a block of {@code level} is taken out of one of {@code from}. */
  void takeSupply(int level, int from, int sign) {
    for (int k = 0; k <= level; k++) {
      supply[k] -= (long) sign << (level - k);
    }
    for (int k = level + 1; k <= from; k++) {
      supply[k] -= sign;
    }
  }

  /** Takes the lowest frames of the lowest maximal block of level {@code from}. */
  long take(int level, int from) {
    long at = blocks[from][0];
    System.arraycopy(blocks[from], 1, blocks[from], 0, --count[from]);
    for (int k = level; k < from; k++) {
      insert(k, at + (1L << k));
    }
    return at;
  }

  private void insert(int level, long at) {
    if (count[level] == blocks[level].length) {
      blocks[level] = Arrays.copyOf(blocks[level], Math.max(8, 2 * count[level]));
    }
    int place = Arrays.binarySearch(blocks[level], 0, count[level], at);
    place = place < 0 ? -1 - place : place;
    System.arraycopy(blocks[level], place, blocks[level], place + 1, count[level] - place);
    blocks[level][place] = at;
    count[level]++;
  }
}
