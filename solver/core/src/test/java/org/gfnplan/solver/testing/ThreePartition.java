package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.List;

/** Sizes that are, or are not, to be grouped in threes of equal sum. */
final class ThreePartition {
  private ThreePartition() {}

  /** Triples that add up to {@code sum} each, so that a grouping exists. */
  static List<Long> possible(SplitMix64 random, int triples, long sum) {
    List<Long> sizes = new ArrayList<>();
    long most = (sum + 1) / 2;
    for (int i = 0; i < triples; i++) {
      long x;
      long y;
      long z;
      do {
        x = sum / 4 + 1 + random.below(sum / 4);
        y = sum / 4 + 1 + random.below(sum / 4);
        z = sum - x - y;
      } while (z <= sum / 4 || z >= most || x >= most || y >= most);
      sizes.addAll(List.of(x, y, z));
    }
    return sizes;
  }

  /**
   * Sizes that add up to {@code total} and are all 1 modulo 4, while {@code sum} is 2 modulo 4: no
   * three of them fill more than {@code sum - 3}.
   */
  static List<Long> impossible(SplitMix64 random, int triples, long sum, long total) {
    long[] sizes = new long[3 * triples];
    long added = 0;
    for (int i = 0; i < sizes.length; i++) {
      long size = sum / 4 + 1 + random.below(sum / 4 - 1);
      size -= Math.floorMod(size - 1, 4L);
      sizes[i] = size <= sum / 4 ? size + 4 : size;
      added += sizes[i];
    }
    while (added != total) {
      int i = random.index(sizes.length);
      if (added < total && sizes[i] + 4 < (sum + 1) / 2) {
        sizes[i] += 4;
        added += 4;
      } else if (added > total && sizes[i] - 4 > sum / 4) {
        sizes[i] -= 4;
        added -= 4;
      }
    }
    List<Long> list = new ArrayList<>();
    for (long size : sizes) {
      list.add(size);
    }
    return list;
  }
}
