package org.gfnplan.solver.search.exact;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The position of each thing in a list, found by identity where possible, else by equality. */
final class Numbers<T> {
  /*
   * Regions and statements are records with deep hash codes, and a problem mentions each of them
   * many times, nearly always as the same object and often in the order of the list. So the place
   * after the last one found is tried first.
   */
  private final List<T> things;
  private final IdentityHashMap<T, Integer> byIdentity;
  private @Nullable Map<T, Integer> byEquality;
  private int next;

  Numbers(List<T> things) {
    this.things = things;
    byIdentity = new IdentityHashMap<>(2 * things.size());
    for (int i = 0; i < things.size(); i++) {
      byIdentity.put(things.get(i), i);
    }
  }

  int of(T thing) {
    if (next < things.size() && things.get(next) == thing) {
      return next++;
    }
    Integer found = byIdentity.get(thing);
    if (found == null) {
      found = equalTo(thing);
      byIdentity.put(thing, found);
    }
    next = found + 1;
    return found;
  }

  /** The greatest common divisor of two positive numbers. */
  static long gcd(long one, long other) {
    while (other != 0) {
      long rest = one % other;
      one = other;
      other = rest;
    }
    return one;
  }

  private int equalTo(T thing) {
    if (byEquality == null) {
      byEquality = new HashMap<>();
      for (int i = 0; i < things.size(); i++) {
        byEquality.putIfAbsent(things.get(i), i);
      }
    }
    Integer found = byEquality.get(thing);
    if (found == null) {
      throw new IllegalArgumentException("the problem must know what its rules speak of: " + thing);
    }
    return found;
  }
}
