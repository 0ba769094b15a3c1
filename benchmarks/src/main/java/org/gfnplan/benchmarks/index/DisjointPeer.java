package org.gfnplan.benchmarks.index;

/** Something that can be asked which of its disjoint extents meet a run of gfns. */
interface DisjointPeer {
  /** Whether an extent meets {@code [start, end)}. */
  boolean any(long start, long end);

  /** The first gfn of {@code [start, end)} that is in an extent, or -1. */
  long first(long start, long end);

  /** How many extents meet {@code [start, end)}. */
  int count(long start, long end);

  /** Answers all queries at once, if it can do better than one by one. */
  default int any(Queries queries, long[] bits) {
    int met = 0;
    for (int i = 0; i < queries.size(); i++) {
      long bit = any(queries.starts()[i], queries.ends()[i]) ? 1L << i : 0;
      bits[i / 64] = (i % 64 == 0 ? 0 : bits[i / 64]) | bit;
      met += bit == 0 ? 0 : 1;
    }
    return met;
  }

  /** What {@code IndexFootprint} measures. */
  Object structure();
}
