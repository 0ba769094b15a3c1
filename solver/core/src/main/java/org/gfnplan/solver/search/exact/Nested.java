package org.gfnplan.solver.search.exact;

/** A region lies between the edges of another one, or is empty. */
final class Nested extends Constraint {
  final int region;
  final int container;

  Nested(int statement, boolean required, int region, int container) {
    super(statement, required, region, container);
    this.region = region;
    this.container = container;
  }

  @Override
  boolean narrow(Store store) {
    if (store.isEmpty(region)) {
      return true;
    }
    int s = Store.start(region);
    int e = Store.end(region);
    int l = Store.length(region);
    long from = Math.max(store.lo[s], store.lo[Store.start(container)]);
    long to = Math.min(store.hi[e], store.hi[Store.end(container)]);
    if (!store.isFull(region)) {
      boolean possible = from < to && from <= store.hi[s] && store.lo[e] <= to;
      return store.atMost(l, possible ? Math.min(to - from, store.hi[Store.length(container)]) : 0);
    }
    return store.atLeast(s, from)
        && store.atMost(e, to)
        && store.atMost(l, store.hi[Store.length(container)])
        && store.atMost(Store.start(container), store.hi[s])
        && store.atLeast(Store.end(container), store.lo[e])
        && store.atLeast(Store.length(container), store.lo[l]);
  }

  @Override
  boolean holds(long[] start, long[] length) {
    return length[region] == 0
        || (start[container] <= start[region]
            && start[region] + length[region] <= start[container] + length[container]);
  }
}
