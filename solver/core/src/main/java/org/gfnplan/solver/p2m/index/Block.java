package org.gfnplan.solver.p2m.index;

/** Room for the queries of a batch that are answered together. */
final class Block {
  /** As many as a word has bits, and several times the misses that a processor can follow. */
  static final int SIZE = 64;

  final long[] keys = new long[SIZE];
  final int[] ranks = new int[SIZE];
}
