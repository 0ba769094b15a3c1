package org.gfnplan.solver.search.exact;

import org.gfnplan.solver.space.Gfn;

/** Every frame of a region lies in a set, so the region lies in one of its ranges, or is empty. */
final class Confined extends Constraint {
  final int region;
  final Ranges allowed;

  Confined(int statement, boolean required, int region, Ranges allowed) {
    super(statement, required, region);
    this.region = region;
    this.allowed = allowed;
  }

  @Override
  boolean narrow(Store store) {
    int s = Store.start(region);
    int e = Store.end(region);
    int l = Store.length(region);
    if (store.isEmpty(region)) {
      return true;
    }
    long need = Math.max(1, store.lo[l]);
    long step = store.startStep[region];
    int first = allowed.firstEndingAfter(store.lo[s]);
    long lowest = 0;
    for (; first < allowed.count; first++) {
      lowest = Gfn.roundUp(Math.max(store.lo[s], allowed.start[first]), step);
      if (lowest + need <= Math.min(allowed.end[first], store.hi[e])
          && lowest <= store.hi[s]
          && allowed.end[first] >= store.lo[e]) {
        break;
      }
    }
    int last = Math.min(allowed.count - 1, allowed.firstEndingAfter(store.hi[s]));
    long from = 0;
    for (; last >= first; last--) {
      from = Math.max(store.lo[s], allowed.start[last]);
      if (from <= store.hi[s]
          && from + need <= Math.min(allowed.end[last], store.hi[e])
          && allowed.end[last] >= store.lo[e]) {
        break;
      }
    }
    if (first >= allowed.count || last < first) {
      return store.lo[l] == 0 && store.atMost(l, 0);
    }
    if (store.lo[l] == 0) {
      return true;
    }
    long widest = 0;
    for (int i = first; i <= last && widest < store.hi[l]; i++) {
      widest = Math.max(widest, allowed.end[i] - Math.max(allowed.start[i], store.lo[s]));
    }
    return store.atLeast(s, lowest)
        && store.atMost(s, allowed.end[last] - need)
        && store.atMost(e, allowed.end[last])
        && store.atLeast(e, lowest + need)
        && store.atMost(l, widest);
  }

  @Override
  boolean holds(long[] start, long[] length) {
    if (length[region] == 0) {
      return true;
    }
    int at = allowed.firstEndingAfter(start[region]);
    return at < allowed.count
        && allowed.start[at] <= start[region]
        && start[region] + length[region] <= allowed.end[at];
  }
}
