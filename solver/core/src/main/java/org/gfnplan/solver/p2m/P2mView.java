package org.gfnplan.solver.p2m;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Disjoint extents of guest frames, by address, to be looked at. Two extents that continue one
 * another are one. A look costs {@code O(log size)}; those that take and give {@code long}s make no
 * object.
 */
public abstract sealed class P2mView permits P2mMap, P2mSnapshot {
  /** Instead of a gfn: there is none. */
  public static final long NONE = -1;

  P2mView() {}

  abstract Extents extents();

  /** How many pages of each size the whole map takes; kept up to date, so it costs nothing. */
  public abstract PageCounts pages();

  /** How many extents there are. */
  public final int size() {
    return extents().size();
  }

  /** Whether a frame of {@code [start, end)} is mapped. */
  public final boolean any(long start, long end) {
    Extents extents = extents();
    int first = extents.firstEndingAfter(start);
    return first < extents.end() && extents.start(first) < end;
  }

  /** The first mapped gfn of {@code [start, end)}, or {@link #NONE}. */
  public final long first(long start, long end) {
    Extents extents = extents();
    int first = extents.firstEndingAfter(start);
    if (first == extents.end() || extents.start(first) >= end) {
      return NONE;
    }
    return Math.max(start, extents.start(first));
  }

  /** How many extents have a frame in {@code [start, end)}. */
  public final int count(long start, long end) {
    Extents extents = extents();
    return extents.countOf(extents.firstEndingAfter(start), extents.firstStartingFrom(end));
  }

  /** The extent that {@code gfn} is in, or null when it is not mapped. */
  public final @Nullable Extent at(long gfn) {
    Extents extents = extents();
    int index = extents.firstEndingAfter(gfn);
    return index < extents.end() && extents.start(index) <= gfn ? extents.at(index) : null;
  }

  /** What is mapped in {@code range}, cut to it, by address. */
  public final List<Extent> in(GfnRange range) {
    Extents extents = extents();
    List<Extent> found = new ArrayList<>();
    int end = extents.firstStartingFrom(range.end());
    for (int i = extents.firstEndingAfter(range.start()); i < end; i = extents.next(i)) {
      found.add(extents.at(i).within(range));
    }
    return found;
  }

  /** All extents, by address. */
  public final List<Extent> all() {
    Extents extents = extents();
    List<Extent> found = new ArrayList<>(extents.size());
    for (int i = 0; i < extents.end(); i = extents.next(i)) {
      found.add(extents.at(i));
    }
    return found;
  }
}
