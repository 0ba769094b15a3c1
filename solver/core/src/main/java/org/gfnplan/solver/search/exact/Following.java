package org.gfnplan.solver.search.exact;

import org.gfnplan.solver.space.Gfn;

/** A region starts where the last non-empty region of a chain ends, rounded up. */
final class Following extends Constraint {
  final int region;
  final int[] chain;
  final long step;

  Following(int statement, boolean required, int region, int[] chain, long step, int[] regions) {
    super(statement, required, regions);
    this.region = region;
    this.chain = chain;
    this.step = step;
  }

  @Override
  boolean narrow(Store store) {
    int s = Store.start(region);
    long least = Long.MAX_VALUE;
    long most = -1;
    int candidates = 0;
    int only = -1;
    boolean allMayBeEmpty = true;
    for (int i = chain.length - 1; i >= 0 && allMayBeEmpty; i--) {
      int c = chain[i];
      if (!store.isEmpty(c)) {
        only = Store.end(c);
        candidates++;
        // It counts only when it takes a frame, so its end lies beyond its start.
        least = Math.min(least, Math.max(store.lo[only], store.lo[Store.start(c)] + 1));
        most = Math.max(most, store.hi[only]);
      }
      allMayBeEmpty = !store.isFull(c);
    }
    if (allMayBeEmpty) {
      only = Store.start(chain[chain.length - 1]);
      candidates++;
      least = Math.min(least, store.lo[only]);
      most = Math.max(most, store.hi[only]);
    }
    if (!store.atLeast(s, Gfn.roundUp(least, step)) || !store.atMost(s, Gfn.roundUp(most, step))) {
      return false;
    }
    return candidates > 1
        || (store.atMost(only, Gfn.roundDown(store.hi[s], step))
            && store.atLeast(only, Gfn.roundUp(store.lo[s], step) - step + 1));
  }

  /** Where the region has to start. */
  long due(long[] start, long[] length) {
    long end = start[chain[chain.length - 1]];
    for (int c : chain) {
      if (length[c] > 0) {
        end = start[c] + length[c];
      }
    }
    return Gfn.roundUp(end, step);
  }

  @Override
  boolean holds(long[] start, long[] length) {
    return start[region] == due(start, length);
  }
}
