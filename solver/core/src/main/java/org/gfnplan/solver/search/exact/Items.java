package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.gfnplan.solver.search.exact.Line.OutOfShape;
import org.gfnplan.solver.space.Gfn;

/** The regions of a part that have a fixed length and keep clear of each other: what is packed. */
final class Items {
  /** Where items of one sort may lie. */
  static final class Zone {
    /** The frames that no fixed region and no rule forbids. */
    final FreeList allowed;

    /** The regions with movable edges that its items keep clear of. */
    final BitSet clearOf;

    /** The regions with movable edges that its items lie inside of. */
    final BitSet insideOf;

    final List<Integer> items = new ArrayList<>();

    Zone(FreeList allowed, BitSet clearOf, BitSet insideOf) {
      this.allowed = allowed;
      this.clearOf = clearOf;
      this.insideOf = insideOf;
    }
  }

  private final Model model;
  private final boolean[] fixed;

  /** The regions, ascending. */
  final int[] regions;

  /** The zone of each item. */
  final int[] zoneOf;

  final List<Zone> zones = new ArrayList<>();

  /** The members that are not items. */
  final int[] others;

  /** The rules that speak of no item. */
  final List<Constraint> rest = new ArrayList<>();

  /** The position of each region among the items, or -1. */
  private final int[] itemOf;

  private boolean ignoresPreferred;
  private final FreeList[] allowed;
  private final BitSet[] clearOf;
  private final BitSet[] insideOf;
  private final BitSet[] apart;

  /** The fixed regions that each item keeps clear of. */
  private final BitSet[] taken;

  Items(Model model, Part part, boolean[] fixed) throws OutOfShape {
    this.model = model;
    this.fixed = fixed;
    boolean[] tied = new boolean[model.size()];
    for (Constraint constraint : part.constraints()) {
      if (constraint.isRequired()
          && !(constraint instanceof Separate)
          && !(constraint instanceof Confined)) {
        if (constraint instanceof Nested nested) {
          tied[nested.container] = true;
          continue;
        }
        for (int r : constraint.regions) {
          tied[r] = true;
        }
      }
    }
    int[] members = part.members();
    // A region alone is a movable edge itself, with closed forms for all its costs.
    regions =
        members.length == 1
            ? new int[0]
            : Arrays.stream(members).filter(r -> isItem(r) && !tied[r]).toArray();
    others = Arrays.stream(members).filter(r -> Arrays.binarySearch(regions, r) < 0).toArray();
    itemOf = new int[model.size()];
    Arrays.fill(itemOf, -1);
    int n = regions.length;
    allowed = new FreeList[n];
    clearOf = new BitSet[n];
    insideOf = new BitSet[n];
    apart = new BitSet[n];
    taken = new BitSet[n];
    for (int i = 0; i < n; i++) {
      itemOf[regions[i]] = i;
      allowed[i] = FreeList.all();
      clearOf[i] = new BitSet(model.size());
      insideOf[i] = new BitSet(model.size());
      apart[i] = new BitSet(n);
      taken[i] = new BitSet(model.size());
    }
    zoneOf = new int[n];
    if (n == 0) {
      rest.addAll(part.constraints());
      return;
    }
    for (Constraint constraint : part.constraints()) {
      sort(constraint);
    }
    Beside beside = new Beside(model);
    for (int i = 0; i < n; i++) {
      allowed[i].keep(beside.of(taken[i]));
      zoneOf[i] = zone(i);
      zones.get(zoneOf[i]).items.add(i);
    }
    requireAllApart();
  }

  private boolean isItem(int r) {
    return model.lengthLo[r] == model.lengthHi[r]
        && model.lengthLo[r] > 0
        && model.endStep[r] == 1
        && model.startLo[r] == 0
        && model.startHi[r] == Gfn.LIMIT;
  }

  /** Whether there are preferred rules about items, which are left out here. */
  boolean ignoresPreferred() {
    return ignoresPreferred;
  }

  boolean contains(int region) {
    return itemOf[region] >= 0;
  }

  int count() {
    return regions.length;
  }

  long size(int item) {
    return model.lengthLo[regions[item]];
  }

  long step(int item) {
    return model.startStep[regions[item]];
  }

  private void sort(Constraint constraint) throws OutOfShape {
    boolean speaksOfItems = false;
    for (int r : constraint.regions) {
      speaksOfItems |= itemOf[r] >= 0;
    }
    if (!speaksOfItems) {
      rest.add(constraint);
      return;
    }
    if (!constraint.isRequired()) {
      ignoresPreferred = true;
      return;
    }
    if (constraint instanceof Confined confined) {
      allowed[itemOf[confined.region]].keep(confined.allowed);
      return;
    }
    if (constraint instanceof Nested nested) {
      nest(itemOf[nested.region], nested.container);
      return;
    }
    Separate separate = (Separate) constraint;
    int[] left = new int[separate.others.length];
    int count = 0;
    for (int other : separate.others) {
      if (!keepApart(separate.region, other) && !keepApart(other, separate.region)) {
        left[count++] = other;
      }
    }
    if (count > 0) {
      rest.add(separate.from(Arrays.copyOf(left, count)));
    }
  }

  private void nest(int item, int container) {
    if (fixed[container]) {
      long start = model.startLo[container];
      allowed[item].keep(start, start + model.lengthLo[container]);
    } else {
      insideOf[item].set(container);
    }
  }

  private boolean keepApart(int one, int other) {
    int item = itemOf[one];
    if (item < 0) {
      return false;
    }
    if (itemOf[other] >= 0) {
      apart[item].set(itemOf[other]);
      apart[itemOf[other]].set(item);
    } else if (fixed[other]) {
      taken[item].set(other);
    } else {
      clearOf[item].set(other);
    }
    return true;
  }

  private int zone(int item) {
    for (int z = 0; z < zones.size(); z++) {
      Zone zone = zones.get(z);
      if (zone.clearOf.equals(clearOf[item])
          && zone.insideOf.equals(insideOf[item])
          && zone.allowed.sameAs(allowed[item])) {
        return z;
      }
    }
    zones.add(new Zone(allowed[item], clearOf[item], insideOf[item]));
    return zones.size() - 1;
  }

  /** Items that could meet must be kept apart, or packing is not what is asked for. */
  private void requireAllApart() throws OutOfShape {
    for (int i = 0; i < count(); i++) {
      if (apart[i].cardinality() == count() - 1) {
        continue;
      }
      for (int j = 0; j < i; j++) {
        if (!apart[i].get(j)
            && zones.get(zoneOf[i]).allowed.overlaps(zones.get(zoneOf[j]).allowed)) {
          throw new OutOfShape();
        }
      }
    }
  }

  /** Whether some item lies inside of this region, so that more of it leaves more room. */
  boolean isContainer(int region) {
    return zones.stream().anyMatch(zone -> zone.insideOf.get(region));
  }

  /**
   * What is free in each zone when the movable edges are at {@code x}, or, for {@code x < y}, what
   * is free at one value between them at the least ({@code generous}) or at all of them.
   */
  FreeList[] free(Edges edges, long x, long y, boolean generous) {
    FreeList[] free = new FreeList[zones.size()];
    for (int z = 0; z < free.length; z++) {
      Zone zone = zones.get(z);
      free[z] = zone.allowed.copy();
      for (int r = zone.clearOf.nextSetBit(0); r >= 0; r = zone.clearOf.nextSetBit(r + 1)) {
        long startX = edges.value(Store.start(r), x);
        long startY = x == y ? startX : edges.value(Store.start(r), y);
        long endX = edges.value(Store.end(r), x);
        long endY = x == y ? endX : edges.value(Store.end(r), y);
        if (generous) {
          free[z].take(Math.max(startX, startY), Math.min(endX, endY));
        } else {
          free[z].take(Math.min(startX, startY), Math.max(endX, endY));
        }
      }
      for (int r = zone.insideOf.nextSetBit(0); r >= 0; r = zone.insideOf.nextSetBit(r + 1)) {
        long startX = edges.value(Store.start(r), x);
        long startY = x == y ? startX : edges.value(Store.start(r), y);
        long endX = edges.value(Store.end(r), x);
        long endY = x == y ? endX : edges.value(Store.end(r), y);
        if (generous) {
          free[z].keep(Math.min(startX, startY), Math.max(endX, endY));
        } else {
          free[z].keep(Math.max(startX, startY), Math.min(endX, endY));
        }
      }
    }
    return free;
  }
}
