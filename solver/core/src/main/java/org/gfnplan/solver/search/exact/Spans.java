package org.gfnplan.solver.search.exact;

import java.util.Arrays;

/** A set of numbers as sorted closed intervals that do not touch; the values of an unknown. */
final class Spans {
  private long[] lo = new long[4];
  private long[] hi = new long[4];
  private int count;

  static Spans none() {
    return new Spans();
  }

  static Spans of(long lo, long hi) {
    Spans spans = new Spans();
    spans.add(lo, hi);
    return spans;
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  long lo(int i) {
    return lo[i];
  }

  long hi(int i) {
    return hi[i];
  }

  long least() {
    return lo[0];
  }

  long most() {
    return hi[count - 1];
  }

  /** Adds an interval, wherever it lies; an empty one adds nothing. */
  void add(long from, long to) {
    if (from > to) {
      return;
    }
    int at = count;
    while (at > 0 && lo[at - 1] > from) {
      at--;
    }
    if (at > 0 && hi[at - 1] >= from - 1) {
      at--;
      hi[at] = Math.max(hi[at], to);
    } else {
      insert(at, from, to);
    }
    int next = at + 1;
    while (next < count && lo[next] - 1 <= hi[at]) {
      hi[at] = Math.max(hi[at], hi[next]);
      next++;
    }
    int gone = next - at - 1;
    if (gone > 0) {
      // Not System.arraycopy: OpenJDK 17.0.15 dies of SIGSEGV while it compiles that (C2, LShiftL).
      for (int i = next; i < count; i++) {
        lo[i - gone] = lo[i];
        hi[i - gone] = hi[i];
      }
      count -= gone;
    }
  }

  private void insert(int at, long from, long to) {
    if (count == lo.length) {
      lo = Arrays.copyOf(lo, 2 * count);
      hi = Arrays.copyOf(hi, 2 * count);
    }
    for (int i = count; i > at; i--) {
      lo[i] = lo[i - 1];
      hi[i] = hi[i - 1];
    }
    lo[at] = from;
    hi[at] = to;
    count++;
  }

  /** Keeps what is also in {@code [from, to]}. */
  void clip(long from, long to) {
    if (count > 0 && from <= lo[0] && hi[count - 1] <= to) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      long a = Math.max(lo[i], from);
      long b = Math.min(hi[i], to);
      if (a <= b) {
        lo[kept] = a;
        hi[kept++] = b;
      }
    }
    count = kept;
  }

  /** Keeps what is also in {@code other}. */
  void clip(Spans other) {
    if (other.count == 1) {
      clip(other.lo[0], other.hi[0]);
      return;
    }
    Spans both = new Spans();
    int i = 0;
    int j = 0;
    while (i < count && j < other.count) {
      long a = Math.max(lo[i], other.lo[j]);
      long b = Math.min(hi[i], other.hi[j]);
      if (a <= b) {
        if (both.count > 0 && both.hi[both.count - 1] >= a - 1) {
          both.hi[both.count - 1] = b;
        } else {
          both.insert(both.count, a, b);
        }
      }
      if (hi[i] < other.hi[j]) {
        i++;
      } else {
        j++;
      }
    }
    lo = both.lo;
    hi = both.hi;
    count = both.count;
  }

  Spans copy() {
    Spans copy = new Spans();
    copy.lo = lo.clone();
    copy.hi = hi.clone();
    copy.count = count;
    return copy;
  }
}
