package org.gfnplan.solver.search.exact;

/** The frames of some regions outside a set add up to a number. */
final class Total extends Constraint {
  final Ranges except;
  final long frames;

  Total(int statement, boolean required, int[] summands, Ranges except, long frames) {
    super(statement, required, summands);
    this.except = except;
    this.frames = frames;
  }

  /** The fewest frames outside the set that the region can have. */
  long least(Store store, int region) {
    int l = Store.length(region);
    long from = store.lo[Store.start(region)];
    long to = store.hi[Store.end(region)];
    long certain = except.outside(store.hi[Store.start(region)], store.lo[Store.end(region)]);
    return Math.max(certain, store.lo[l] - ((to - from) - except.outside(from, to)));
  }

  /** The most frames outside the set that the region can have. */
  long most(Store store, int region) {
    return Math.min(
        store.hi[Store.length(region)],
        except.outside(store.lo[Store.start(region)], store.hi[Store.end(region)]));
  }

  @Override
  boolean narrow(Store store) {
    long least = 0;
    long most = 0;
    for (int r : regions) {
      least += least(store, r);
      most += most(store, r);
    }
    if (frames < least || most < frames) {
      return false;
    }
    for (int r : regions) {
      long mine = least(store, r);
      long mineMost = most(store, r);
      if (!narrow(store, r, frames - (most - mineMost), frames - (least - mine))) {
        return false;
      }
      least += least(store, r) - mine;
      most += most(store, r) - mineMost;
    }
    return true;
  }

  /** Narrows a region to between {@code min} and {@code max} frames outside the set. */
  private boolean narrow(Store store, int region, long min, long max) {
    int s = Store.start(region);
    int e = Store.end(region);
    if (min > 0) {
      boolean possible =
          store.atLeast(Store.length(region), min)
              && store.atLeast(e, except.firstWithOutside(except.outsideBelow(store.lo[s]) + min))
              && store.atMost(s, except.lastWithOutside(except.outsideBelow(store.hi[e]) - min));
      if (!possible) {
        return false;
      }
    }
    return store.atMost(e, except.lastWithOutside(except.outsideBelow(store.hi[s]) + max))
        && store.atLeast(s, except.firstWithOutside(except.outsideBelow(store.lo[e]) - max));
  }

  @Override
  boolean holds(long[] start, long[] length) {
    long sum = 0;
    for (int r : regions) {
      sum += except.outside(start[r], start[r] + length[r]);
    }
    return sum == frames;
  }
}
