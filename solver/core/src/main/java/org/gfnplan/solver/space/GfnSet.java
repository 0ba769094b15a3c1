package org.gfnplan.solver.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of frames, held as sorted ranges that neither overlap nor touch; equal sets are {@code
 * equals}. Immutable. Binary operations cost one pass over both sets.
 */
public final class GfnSet {
  private static final GfnSet EMPTY = new GfnSet(List.of());
  private static final GfnSet ALL = new GfnSet(List.of(new GfnRange(0, Gfn.LIMIT)));

  private final List<GfnRange> ranges;

  private GfnSet(List<GfnRange> ranges) {
    this.ranges = List.copyOf(ranges);
    assert isNormal(this.ranges) : this.ranges;
  }

  /** The set without any frame. */
  public static GfnSet empty() {
    return EMPTY;
  }

  /** Every frame, {@code [0, Gfn.LIMIT)}. */
  public static GfnSet all() {
    return ALL;
  }

  /** The union of the ranges, which may overlap and come in any order. */
  public static GfnSet of(GfnRange... ranges) {
    return of(Arrays.asList(ranges));
  }

  /** The union of the ranges, which may overlap and come in any order. */
  public static GfnSet of(Collection<GfnRange> ranges) {
    List<GfnRange> sorted = new ArrayList<>(ranges);
    sorted.sort(null);
    List<GfnRange> merged = new ArrayList<>();
    for (GfnRange next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && next.start() <= merged.get(last).end()) {
        GfnRange before = merged.get(last);
        merged.set(last, new GfnRange(before.start(), Math.max(before.end(), next.end())));
      } else {
        merged.add(next);
      }
    }
    return new GfnSet(merged);
  }

  /** The ranges in ascending order. */
  public List<GfnRange> ranges() {
    return ranges;
  }

  /** Whether there is no frame in this set. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** How many frames are in this set. */
  public long size() {
    long frames = 0;
    for (GfnRange range : ranges) {
      frames += range.length();
    }
    return frames;
  }

  /** Whether every frame of {@code range} is in this set. */
  public boolean contains(GfnRange range) {
    int at = firstEndingAfter(range.start());
    return at < ranges.size() && ranges.get(at).contains(range);
  }

  /** Whether {@code gfn} is in this set. */
  public boolean contains(long gfn) {
    int at = firstEndingAfter(gfn);
    return at < ranges.size() && ranges.get(at).start() <= gfn;
  }

  /** Whether a frame of {@code range} is in this set. */
  public boolean overlaps(GfnRange range) {
    int at = firstEndingAfter(range.start());
    return at < ranges.size() && ranges.get(at).start() < range.end();
  }

  /** The frames of this set that lie in {@code window}. */
  public GfnSet within(GfnRange window) {
    List<GfnRange> kept = new ArrayList<>();
    for (int i = firstEndingAfter(window.start()); i < ranges.size(); i++) {
      GfnRange cut = ranges.get(i).intersection(window);
      if (cut == null) {
        break;
      }
      kept.add(cut);
    }
    return new GfnSet(kept);
  }

  /** How many frames of this set lie in {@code window}. */
  public long overlapSize(GfnRange window) {
    long frames = 0;
    for (int i = firstEndingAfter(window.start()); i < ranges.size(); i++) {
      GfnRange range = ranges.get(i);
      if (range.start() >= window.end()) {
        break;
      }
      frames += Math.min(range.end(), window.end()) - Math.max(range.start(), window.start());
    }
    return frames;
  }

  /** The frames in either set. */
  public GfnSet union(GfnSet other) {
    List<GfnRange> both = new ArrayList<>(ranges);
    both.addAll(other.ranges);
    return of(both);
  }

  /** The frames in both sets. */
  public GfnSet intersection(GfnSet other) {
    List<GfnRange> kept = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() && j < other.ranges.size()) {
      GfnRange mine = ranges.get(i);
      GfnRange theirs = other.ranges.get(j);
      GfnRange cut = mine.intersection(theirs);
      if (cut != null) {
        kept.add(cut);
      }
      if (mine.end() < theirs.end()) {
        i++;
      } else {
        j++;
      }
    }
    return new GfnSet(kept);
  }

  /** The frames of this set that are not in {@code other}. */
  public GfnSet minus(GfnSet other) {
    return intersection(other.complement());
  }

  /** The frames of {@code [0, Gfn.LIMIT)} that are not in this set. */
  public GfnSet complement() {
    List<GfnRange> gaps = new ArrayList<>();
    long from = 0;
    for (GfnRange range : ranges) {
      if (from < range.start()) {
        gaps.add(new GfnRange(from, range.start()));
      }
      from = range.end();
    }
    if (from < Gfn.LIMIT) {
      gaps.add(new GfnRange(from, Gfn.LIMIT));
    }
    return new GfnSet(gaps);
  }

  /** The index of the first range that ends after {@code gfn}. */
  private int firstEndingAfter(long gfn) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).end() <= gfn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isNormal(List<GfnRange> ranges) {
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i - 1).end() >= ranges.get(i).start()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GfnSet set && ranges.equals(set.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  /** The ranges in ascending order, as {@code {0x0..0xa0, 0xc0..0x100}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (GfnRange range : ranges) {
      text.append(text.length() == 1 ? "" : ", ").append(range);
    }
    return text.append('}').toString();
  }
}
