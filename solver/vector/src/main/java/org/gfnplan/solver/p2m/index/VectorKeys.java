package org.gfnplan.solver.p2m.index;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sorted keys of which a search compares eight in one step. */
final class VectorKeys extends SortedKeys {
  static final VectorSpecies<Long> EIGHT = LongVector.SPECIES_512;

  private final boolean many;

  VectorKeys(long[] keys, int size, boolean many) {
    super(keys, size, many);
    this.many = many;
  }

  @Override
  boolean usesVectors() {
    return many;
  }

  @Override
  int rankWithin(int place, int end, long key) {
    // In the caches the probes cost less than a loop whose end is guessed wrong.
    if (!many) {
      return super.rankWithin(place, end, key);
    }
    int rank = place + less(place, key);
    // All keys of a bucket that is longer are equal.
    int stop = Math.min(end, place + LEAF);
    for (int at = place + EIGHT.length(); at < stop; at += EIGHT.length()) {
      rank += less(at, key);
    }
    return rank;
  }

  private int less(int at, long key) {
    return LongVector.fromArray(EIGHT, keys, at).compare(VectorOperators.LT, key).trueCount();
  }
}
