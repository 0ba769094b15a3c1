package org.gfnplan.solver.p2m;

import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Which host frames back which guest frames: disjoint extents that can be added, taken away and
 * replaced, in whole or in part. For one thread; others read a {@link #snapshot}.
 *
 * <p>A look and a change cost {@code O(log size)}, whatever number of frames they are about; one
 * that replaces many extents, their number. {@link IdentityMappings} adds what a hypervisor does
 * for devices.
 */
public final class P2mMap extends P2mView {
  private Extents extents = new Extents();
  private final Extents.Run put = new Extents.Run();
  private long small;
  private long large;
  private long huge;

  /** Whether a snapshot has the same extents, so that the next change must copy them. */
  private boolean shared;

  /** A map without a frame. */
  public P2mMap() {}

  @Override
  Extents extents() {
    return extents;
  }

  @Override
  public PageCounts pages() {
    return new PageCounts(small, large, huge);
  }

  /** This map as it is now. Costs little, and one copy of each part that changes afterwards. */
  public P2mSnapshot snapshot() {
    shared = true;
    return new P2mSnapshot(extents, pages());
  }

  /** Makes this map what it was, or what another was. */
  public void restore(P2mSnapshot before) {
    extents = before.extents();
    small = before.pages().small();
    large = before.pages().large();
    huge = before.pages().huge();
    shared = true;
  }

  /**
   * Maps frames none of which is mapped yet.
   *
   * @return null; or, when a frame is mapped, the first extent in the way, and nothing has changed
   */
  public @Nullable Extent insert(Extent extent) {
    GfnRange range = extent.range();
    int behind = extents.firstEndingAfter(range.start());
    if (behind < extents.end() && extents.start(behind) < range.end()) {
      return extents.at(behind);
    }
    change(behind, behind, range, extent);
    return null;
  }

  /**
   * Maps frames that are all free or none of them.
   *
   * @return null when all are mapped now; else the first extent in the way, and nothing has changed
   */
  public @Nullable Extent insertAll(List<Extent> others) {
    P2mSnapshot before = snapshot();
    for (Extent extent : others) {
      Extent inTheWay = insert(extent);
      if (inTheWay != null) {
        restore(before);
        return inTheWay;
      }
    }
    return null;
  }

  /** Maps frames whether or not they are mapped; what was there is gone. */
  public void replace(Extent extent) {
    GfnRange range = extent.range();
    change(
        extents.firstEndingAfter(range.start()),
        extents.firstStartingFrom(range.end()),
        range,
        extent);
  }

  /** Makes frames unmapped, whatever they were, and tells how many were mapped. */
  public long remove(GfnRange range) {
    int from = extents.firstEndingAfter(range.start());
    int to = from;
    long mapped = 0;
    while (to < extents.end() && extents.start(to) < range.end()) {
      mapped += Math.min(range.end(), extents.end(to)) - Math.max(range.start(), extents.start(to));
      to = extents.next(to);
    }
    if (mapped > 0) {
      change(from, to, range, null);
    }
    return mapped;
  }

  /**
   * Puts {@code now}, or nothing, at {@code range}, which meets the extents at {@code [first,
   * behind)}; cuts them, and joins what continues.
   */
  private void change(int first, int behind, GfnRange range, @Nullable Extent now) {
    int from = first;
    int to = behind;
    if (now != null) {
      int before = extents.previous(from);
      if (before >= 0 && extents.end(before) == range.start()) {
        from = before;
      }
      if (to < extents.end() && extents.start(to) == range.end()) {
        to = extents.next(to);
      }
    }
    put.clear();
    long last = range.end();
    long backing = 0;
    for (int i = from; i < to; i = extents.next(i)) {
      long start = extents.start(i);
      long end = extents.end(i);
      count(-1, start, end, extents.backing(i));
      if (start < range.start()) {
        put.add(start, Math.min(end, range.start()), extents.backing(i));
      }
      if (end > range.end()) {
        last = end;
        backing = Backing.after(extents.backing(i), Math.max(0, range.end() - start));
      }
    }
    if (now != null) {
      put.add(range.start(), range.end(), Backing.of(now));
    }
    if (last > range.end()) {
      put.add(range.end(), last, backing);
    }
    for (int i = 0; i < put.size(); i++) {
      count(1, put.start(i), put.end(i), put.backing(i));
    }
    if (shared) {
      extents = extents.copy();
      shared = false;
    }
    extents.splice(from, to, put);
  }

  /** Adds the pages of an extent, or takes them away. */
  private void count(int sign, long start, long end, long backing) {
    long mfn = Backing.mfn(backing);
    int order = PageCounts.order(start, mfn, Backing.type(backing));
    long larges = PageCounts.larges(start, end, order);
    long huges = PageCounts.huges(start, end, order);
    small += sign * (end - start - (larges << PageCounts.LARGE_ORDER));
    large += sign * (larges - (huges << (PageCounts.HUGE_ORDER - PageCounts.LARGE_ORDER)));
    huge += sign * huges;
  }
}
