package org.gfnplan.solver.search.exact;

import java.util.Arrays;
import org.gfnplan.solver.space.Gfn;

/** Frames nobody has taken yet, as sorted gaps that do not touch. */
final class FreeList {
  private long[] start;
  private long[] end;
  private int count;

  FreeList(long[] start, long[] end, int count) {
    this.start = start;
    this.end = end;
    this.count = count;
  }

  static FreeList all() {
    return new FreeList(new long[] {0}, new long[] {Gfn.LIMIT}, 1);
  }

  static FreeList of(Ranges ranges) {
    return new FreeList(ranges.start.clone(), ranges.end.clone(), ranges.count);
  }

  FreeList copy() {
    return new FreeList(start.clone(), end.clone(), count);
  }

  int count() {
    return count;
  }

  long start(int i) {
    return start[i];
  }

  long end(int i) {
    return end[i];
  }

  long[] starts() {
    return Arrays.copyOf(start, count);
  }

  long[] ends() {
    return Arrays.copyOf(end, count);
  }

  /** Keeps what is also in {@code ranges}. */
  void keep(Ranges ranges) {
    keep(ranges.start, ranges.end, ranges.count);
  }

  private void keep(long[] otherStart, long[] otherEnd, int otherCount) {
    long[] from = new long[count + otherCount];
    long[] to = new long[count + otherCount];
    int kept = 0;
    int i = 0;
    int j = 0;
    while (i < count && j < otherCount) {
      long a = Math.max(start[i], otherStart[j]);
      long b = Math.min(end[i], otherEnd[j]);
      if (a < b) {
        from[kept] = a;
        to[kept++] = b;
      }
      if (end[i] < otherEnd[j]) {
        i++;
      } else {
        j++;
      }
    }
    start = from;
    end = to;
    count = kept;
  }

  /** Keeps what is also in {@code other}. */
  void keep(FreeList other) {
    keep(other.start, other.end, other.count);
  }

  /** Keeps what is also in {@code [from, to)}; nothing when that is empty. */
  void keep(long from, long to) {
    if (from >= to) {
      count = 0;
      return;
    }
    take(0, from);
    take(to, Gfn.LIMIT);
  }

  /** Takes a range out, as far as it is free. */
  void take(long from, long to) {
    if (from >= to) {
      return;
    }
    int first = firstEndingAfter(from);
    int last = first;
    while (last < count && start[last] < to) {
      last++;
    }
    if (first == last) {
      return;
    }
    boolean left = start[first] < from;
    boolean right = to < end[last - 1];
    long leftStart = start[first];
    long rightEnd = end[last - 1];
    int parts = (left ? 1 : 0) + (right ? 1 : 0);
    replace(first, last, parts);
    if (left) {
      start[first] = leftStart;
      end[first] = from;
    }
    if (right) {
      start[first + parts - 1] = to;
      end[first + parts - 1] = rightEnd;
    }
  }

  private void replace(int first, int last, int parts) {
    int grown = count - (last - first) + parts;
    if (grown > start.length) {
      start = Arrays.copyOf(start, 2 * grown);
      end = Arrays.copyOf(end, 2 * grown);
    }
    System.arraycopy(start, last, start, first + parts, count - last);
    System.arraycopy(end, last, end, first + parts, count - last);
    count = grown;
  }

  private int firstEndingAfter(long gfn) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end[middle] <= gfn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The lowest multiple of {@code step}, not below {@code from}, with free frames, or -1. */
  long lowest(long size, long step, long from) {
    for (int i = from == 0 ? 0 : firstEndingAfter(from); i < count; i++) {
      if (end[i] - start[i] >= size) {
        long at = Gfn.roundUp(Math.max(from, start[i]), step);
        if (at + size <= end[i]) {
          return at;
        }
      }
    }
    return -1;
  }

  /** The most free frames that lie together from a multiple of {@code step} on. */
  long longest(long step) {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, end[i] - Gfn.roundUp(start[i], step));
    }
    return longest;
  }

  /**
   * Where the largest aligned block ends that holds {@code gfn}, which is free, and that each of
   * the lists has either wholly or not at all.
   */
  static long endOfBlock(FreeList[] lists, long gfn) {
    int level = 0;
    while (level < 40) {
      long wider = gfn >> (level + 1) << (level + 1);
      for (FreeList list : lists) {
        if (list.hasBorderInside(wider, wider + (2L << level))) {
          return (gfn >> level << level) + (1L << level);
        }
      }
      level++;
    }
    return 1L << level;
  }

  /** Whether some frames of the range are free and others are not. */
  private boolean hasBorderInside(long from, long to) {
    int at = firstEndingAfter(from);
    boolean free = at < count && start[at] < to;
    return free && (start[at] > from || end[at] < to);
  }

  /** How many aligned blocks of {@code 2^level} frames are free. */
  long blocks(int level) {
    long blocks = 0;
    long rest = (1L << level) - 1;
    for (int i = 0; i < count; i++) {
      blocks += Math.max(0, (end[i] >> level) - ((start[i] + rest) >> level));
    }
    return blocks;
  }

  /** How many multiples of {@code 2^level} are free. */
  long points(int level) {
    long points = 0;
    long rest = (1L << level) - 1;
    for (int i = 0; i < count; i++) {
      points += ((end[i] + rest) >> level) - ((start[i] + rest) >> level);
    }
    return points;
  }

  /** Whether every free frame of this list is free in the other. */
  boolean isWithin(FreeList other) {
    for (int i = 0; i < count; i++) {
      int at = other.firstEndingAfter(start[i]);
      if (at == other.count || other.start[at] > start[i] || other.end[at] < end[i]) {
        return false;
      }
    }
    return true;
  }

  boolean overlaps(FreeList other) {
    int i = 0;
    int j = 0;
    while (i < count && j < other.count) {
      if (start[i] < other.end[j] && other.start[j] < end[i]) {
        return true;
      }
      if (end[i] < other.end[j]) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  /** Whether a gap here and a gap there only ever meet at a multiple of {@code step}. */
  boolean touchesOnlyAt(FreeList other, long step) {
    for (int i = 0; i < count; i++) {
      for (long border : new long[] {start[i], end[i]}) {
        if (border % step != 0 && other.hasBorder(border)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasBorder(long gfn) {
    int after = firstEndingAfter(gfn);
    return (after < count && start[after] == gfn) || (after > 0 && end[after - 1] == gfn);
  }

  boolean sameAs(FreeList other) {
    return count == other.count
        && Arrays.equals(start, 0, count, other.start, 0, count)
        && Arrays.equals(end, 0, count, other.end, 0, count);
  }

  /** The free frames of both, which must not overlap. */
  FreeList and(FreeList other) {
    long[] from = Arrays.copyOf(start, count + other.count);
    long[] to = Arrays.copyOf(end, count + other.count);
    System.arraycopy(other.start, 0, from, count, other.count);
    System.arraycopy(other.end, 0, to, count, other.count);
    Arrays.sort(from, 0, count + other.count);
    Arrays.sort(to, 0, count + other.count);
    int merged = 0;
    for (int i = 0; i < count + other.count; i++) {
      if (merged > 0 && to[merged - 1] == from[i]) {
        to[merged - 1] = to[i];
      } else {
        from[merged] = from[i];
        to[merged++] = to[i];
      }
    }
    return new FreeList(from, to, merged);
  }
}
