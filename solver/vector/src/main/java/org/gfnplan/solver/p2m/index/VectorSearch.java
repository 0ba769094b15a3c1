package org.gfnplan.solver.p2m.index;

import jdk.incubator.vector.LongVector;

/** Makes keys of which a search compares eight in one step. {@link KeySearch} finds it by name. */
final class VectorSearch implements KeySearch {
  /*
   * In the package of SortedKeys though in another jar: what is replaced is no part of the API, and
   * core must not need an incubating module, neither to be compiled nor to be run.
   */
  VectorSearch() {}

  @Override
  public SortedKeys keys(long[] keys, int size, boolean many) {
    return new VectorKeys(keys, size, many);
  }

  /** Without vectors of 512 bits the Vector API falls back to objects, and is slow. */
  @Override
  public boolean isFast() {
    return LongVector.SPECIES_PREFERRED.length() >= VectorKeys.EIGHT.length();
  }
}
