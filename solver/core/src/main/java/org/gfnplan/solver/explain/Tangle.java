package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets that hang together by shared members, and all minimal sets that meet every one of them. */
final class Tangle {
  /*
   * Berge's multiplication. A minimal hitting set that meets the new set stays; any other is
   * extended by each member of the new set, and the extension is minimal unless one that stayed is
   * part of it. Two extensions are never part of each other.
   */
  /** Sets of few members first, then by the first member that differs. */
  static final Comparator<BitSet> ORDER =
      Comparator.comparingInt(BitSet::cardinality).thenComparing(Tangle::byMembers);

  private final List<BitSet> sets;
  private final BitSet members;
  private final List<BitSet> hitting;

  private Tangle(List<BitSet> sets, BitSet members, List<BitSet> hitting) {
    this.sets = sets;
    this.members = members;
    this.hitting = hitting;
  }

  /** The sets, in the order they came. */
  List<BitSet> sets() {
    return sets;
  }

  /** The minimal hitting sets, in {@link #ORDER}. */
  List<BitSet> hitting() {
    return hitting;
  }

  /** What of a set is a member of any of the sets. */
  BitSet within(BitSet set) {
    BitSet both = (BitSet) set.clone();
    both.and(members);
    return both;
  }

  /** The least member of any of the sets. */
  int first() {
    return members.nextSetBit(0);
  }

  /**
   * Tangles with one more set, which is no superset of a set in them; null when there would be more
   * than {@code most} hitting sets. Tangles that the set meets become one.
   */
  static @Nullable List<Tangle> with(List<Tangle> tangles, BitSet set, int most) {
    List<Tangle> next = new ArrayList<>();
    List<BitSet> sets = new ArrayList<>();
    BitSet members = (BitSet) set.clone();
    List<BitSet> product = List.of(new BitSet());
    for (Tangle tangle : tangles) {
      if (!tangle.members.intersects(set)) {
        next.add(tangle);
        continue;
      }
      if ((long) product.size() * tangle.hitting.size() > most) {
        return null;
      }
      product = product(product, tangle.hitting);
      sets.addAll(tangle.sets);
      members.or(tangle.members);
    }
    sets.add(set);
    List<BitSet> hitting = times(product, set);
    if (hitting.size() > most) {
      return null;
    }
    next.add(new Tangle(sets, members, hitting));
    next.sort(Comparator.comparingInt(Tangle::first));
    return next;
  }

  private static List<BitSet> product(List<BitSet> some, List<BitSet> others) {
    List<BitSet> all = new ArrayList<>();
    for (BitSet one : some) {
      for (BitSet other : others) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        all.add(both);
      }
    }
    return all;
  }

  private static List<BitSet> times(List<BitSet> hitting, BitSet set) {
    List<BitSet> staying = hitting.stream().filter(one -> one.intersects(set)).toList();
    List<BitSet> all = new ArrayList<>(staying);
    for (BitSet one : hitting) {
      for (int e = set.nextSetBit(0); e >= 0 && !one.intersects(set); e = set.nextSetBit(e + 1)) {
        BitSet longer = (BitSet) one.clone();
        longer.set(e);
        if (staying.stream().noneMatch(part -> isPart(part, longer))) {
          all.add(longer);
        }
      }
    }
    all.sort(ORDER);
    return all;
  }

  private static boolean isPart(BitSet part, BitSet whole) {
    BitSet rest = (BitSet) part.clone();
    rest.andNot(whole);
    return rest.isEmpty();
  }

  private static int byMembers(BitSet one, BitSet other) {
    BitSet differing = (BitSet) one.clone();
    differing.xor(other);
    int first = differing.nextSetBit(0);
    return first < 0 ? 0 : one.get(first) ? -1 : 1;
  }
}
