package org.gfnplan.solver.p2m;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Which host frames back which guest frames: disjoint extents that can be added, taken away and
 * replaced, in whole or in part. For one thread; others read a {@link #snapshot}.
 *
 * <p>A change costs {@code O(size)} moves of adjacent memory, whatever number of frames it is
 * about. {@link IdentityMappings} adds what a hypervisor does for devices.
 */
public final class P2mMap extends P2mView {
  private Extents extents = new Extents();
  private PageCounts pages = PageCounts.NONE;

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
    return pages;
  }

  /** This map as it is now. Costs nothing but one copy at the next change. */
  public P2mSnapshot snapshot() {
    shared = true;
    return new P2mSnapshot(extents, pages);
  }

  /** Makes this map what it was, or what another was. */
  public void restore(P2mSnapshot before) {
    extents = before.extents();
    pages = before.pages();
    shared = true;
  }

  /**
   * Maps frames none of which is mapped yet.
   *
   * @return null; or, when a frame is mapped, the first extent in the way, and nothing has changed
   */
  public @Nullable Extent insert(Extent extent) {
    long taken = first(extent.range().start(), extent.range().end());
    if (taken != NONE) {
      return at(taken);
    }
    change(extent.range(), extent);
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
    change(extent.range(), extent);
  }

  /** Makes frames unmapped, whatever they were, and tells how many were mapped. */
  public long remove(GfnRange range) {
    long mapped = 0;
    for (int i = extents.firstEndingAfter(range.start());
        i < extents.size() && extents.start(i) < range.end();
        i++) {
      mapped += Math.min(range.end(), extents.end(i)) - Math.max(range.start(), extents.start(i));
    }
    if (mapped > 0) {
      change(range, null);
    }
    return mapped;
  }

  /** Puts {@code now}, or nothing, at {@code range}; cuts and joins what lies around it. */
  private void change(GfnRange range, @Nullable Extent now) {
    int from = extents.firstEndingAfter(range.start());
    int to = extents.firstStartingFrom(range.end());
    // Neighbours that only touch may have to be joined.
    if (from > 0 && extents.end(from - 1) == range.start()) {
      from--;
    }
    if (to < extents.size() && extents.start(to) == range.end()) {
      to++;
    }
    List<Extent> put = new ArrayList<>();
    PageCounts changed = pages;
    for (int i = from; i < to; i++) {
      Extent there = extents.at(i);
      changed = changed.minus(PageCounts.of(there));
      if (there.range().start() < range.start()) {
        add(put, there.within(new GfnRange(0, range.start())));
      }
    }
    if (now != null) {
      add(put, now);
    }
    for (int i = from; i < to; i++) {
      Extent there = extents.at(i);
      if (there.range().end() > range.end()) {
        add(put, there.within(new GfnRange(range.end(), Gfn.LIMIT)));
      }
    }
    for (Extent extent : put) {
      changed = changed.plus(PageCounts.of(extent));
    }
    if (shared) {
      extents = extents.copy();
      shared = false;
    }
    extents.splice(from, to, put);
    pages = changed;
  }

  private static void add(List<Extent> put, Extent next) {
    int last = put.size() - 1;
    if (last >= 0 && put.get(last).continuesIn(next)) {
      Extent before = put.get(last);
      GfnRange both = new GfnRange(before.range().start(), next.range().end());
      put.set(last, new Extent(both, before.mfn(), before.type(), before.access()));
    } else {
      put.add(next);
    }
  }
}
