package org.gfnplan.solver.search.exact;

import java.util.Arrays;

/** A region shares no frame with any of the others. */
final class Separate extends Constraint {
  final int region;
  final int[] others;

  Separate(int statement, boolean required, int region, int[] others, int[] regions) {
    super(statement, required, regions);
    this.region = region;
    this.others = others;
  }

  /** The same rule towards some of the others only. */
  Separate from(int[] some) {
    int[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = region;
    return new Separate(statement, isRequired(), region, some, all);
  }

  @Override
  boolean narrow(Store store) {
    if (store.isEmpty(region)) {
      return true;
    }
    for (int other : others) {
      if (!keepApart(store, region, other)) {
        return false;
      }
    }
    return true;
  }

  @Override
  boolean narrow(Store store, int woken) {
    return woken == region ? narrow(store) : keepApart(store, region, woken);
  }

  @Override
  int looks(int woken) {
    return woken == region ? regions.length : 2;
  }

  private static boolean keepApart(Store store, int one, int other) {
    boolean oneFirst = store.lo[Store.end(one)] <= store.hi[Store.start(other)];
    boolean otherFirst = store.lo[Store.end(other)] <= store.hi[Store.start(one)];
    if ((oneFirst && otherFirst) || store.isEmpty(one) || store.isEmpty(other)) {
      return true;
    }
    if (store.isFull(one) && store.isFull(other)) {
      if (oneFirst) {
        return store.before(one, other);
      }
      return otherFirst && store.before(other, one);
    }
    if (oneFirst || otherFirst) {
      return true;
    }
    if (store.isFull(one)) {
      return store.atMost(Store.length(other), 0);
    }
    return !store.isFull(other) || store.atMost(Store.length(one), 0);
  }

  /** Whether the two share a frame. */
  static boolean overlap(int one, int other, long[] start, long[] length) {
    return length[one] > 0
        && length[other] > 0
        && start[one] < start[other] + length[other]
        && start[other] < start[one] + length[one];
  }

  @Override
  boolean holds(long[] start, long[] length) {
    for (int other : others) {
      if (overlap(region, other, start, length)) {
        return false;
      }
    }
    return true;
  }
}
