package org.gfnplan.solver.testing;

import java.util.List;

/** The random numbers of the instance families: Steele, Lea and Flood's SplitMix64. */
final class SplitMix64 {
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number in {@code [0, bound)}. */
  long below(long bound) {
    return Math.floorMod(next(), bound);
  }

  /** An index in {@code [0, bound)}. */
  int index(int bound) {
    return Math.floorMod(next(), bound);
  }

  /** Shuffles from the end down. */
  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i >= 1; i--) {
      int j = index(i + 1);
      T moved = list.get(i);
      list.set(i, list.get(j));
      list.set(j, moved);
    }
  }
}
