package org.gfnplan.solver.p2m;

import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.space.GfnRange;

/** Extents that do not overlap, by address; neighbours that could be one are one. */
final class Extents {
  /*
   * Five arrays in step, searched by the first gfn. A change replaces a run of entries by a few
   * others and moves the rest: at a million extents that is some milliseconds, but a look costs
   * the least of all layouts that can change at all, and a guest has some dozen.
   */
  private long[] starts;
  private long[] ends;
  private long[] mfns;
  private P2mType[] types;
  private Access[] accesses;
  private int size;

  Extents() {
    this(16);
  }

  private Extents(int capacity) {
    starts = new long[capacity];
    ends = new long[capacity];
    mfns = new long[capacity];
    types = new P2mType[capacity];
    accesses = new Access[capacity];
  }

  Extents copy() {
    Extents copy = new Extents(size + size / 8 + 16);
    System.arraycopy(starts, 0, copy.starts, 0, size);
    System.arraycopy(ends, 0, copy.ends, 0, size);
    System.arraycopy(mfns, 0, copy.mfns, 0, size);
    System.arraycopy(types, 0, copy.types, 0, size);
    System.arraycopy(accesses, 0, copy.accesses, 0, size);
    copy.size = size;
    return copy;
  }

  int size() {
    return size;
  }

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return ends[index];
  }

  Extent at(int index) {
    return new Extent(
        new GfnRange(starts[index], ends[index]), mfns[index], types[index], accesses[index]);
  }

  /** The index of the first extent that ends after {@code gfn}; the size when none does. */
  int firstEndingAfter(long gfn) {
    int found = Arrays.binarySearch(starts, 0, size, gfn);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    return before >= 0 && ends[before] > gfn ? before : before + 1;
  }

  /** The index after the last extent that starts before {@code gfn}. */
  int firstStartingFrom(long gfn) {
    int found = Arrays.binarySearch(starts, 0, size, gfn);
    return found >= 0 ? found : -found - 1;
  }

  /** Puts {@code others} where the extents {@code [from, to)} are. */
  void splice(int from, int to, List<Extent> others) {
    int grown = size + others.size() - (to - from);
    if (grown > starts.length) {
      int capacity = Math.max(grown, starts.length + starts.length / 2);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      mfns = Arrays.copyOf(mfns, capacity);
      types = Arrays.copyOf(types, capacity);
      accesses = Arrays.copyOf(accesses, capacity);
    }
    int target = from + others.size();
    System.arraycopy(starts, to, starts, target, size - to);
    System.arraycopy(ends, to, ends, target, size - to);
    System.arraycopy(mfns, to, mfns, target, size - to);
    System.arraycopy(types, to, types, target, size - to);
    System.arraycopy(accesses, to, accesses, target, size - to);
    for (int i = 0; i < others.size(); i++) {
      put(from + i, others.get(i));
    }
    size = grown;
    assert isNormal();
  }

  private void put(int index, Extent extent) {
    starts[index] = extent.range().start();
    ends[index] = extent.range().end();
    mfns[index] = extent.mfn();
    types[index] = extent.type();
    accesses[index] = extent.access();
  }

  private boolean isNormal() {
    for (int i = 1; i < size; i++) {
      if (ends[i - 1] > starts[i] || at(i - 1).continuesIn(at(i))) {
        return false;
      }
    }
    return true;
  }
}
