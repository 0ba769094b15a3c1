package org.gfnplan.solver.p2m.index;

import java.util.Arrays;

/** Where ranges end, and which of them are open at some of the starts. */
final class CheckPoints {
  /*
   * At a check point stand the ranges that are open at its start, and then those that begin there,
   * up to the next one. The next comes after SPACING ranges or twice as many as are open, whichever
   * is more. So all open sets together have at most three entries for two ranges, however deep
   * ranges nest, and a look passes about twice as many ranges as are open beside those it tells.
   *
   * What a look reads is one run of memory, at four bytes for an edge: after the search among the
   * check points, which fit a cache, it waits for memory once. Edges are relative to the check
   * point; what is too far for that is NEAREST or FARTHEST and kept elsewhere.
   */
  private static final int SPACING = 32;

  private static final int NEAREST = Integer.MIN_VALUE;
  private static final int FARTHEST = Integer.MAX_VALUE;

  private final SortedKeys starts;

  /** Where the check points start. */
  private final SortedKeys bases;

  /** The last check point at or before each multiple of SPACING. */
  private final int[] pointAt;

  /** Of each check point its position and where its open set begins; those of the next end it. */
  private int[] points;

  private int[] open = new int[0];

  /** Start and end of each range open at a check point, and of each that begins there. */
  private final int[] edges;

  /** The ends that are FARTHEST from the check point where the range begins. */
  private final SparseLongs farEnds = new SparseLongs();

  CheckPoints(SortedKeys starts, long[] ends, KeySearch search) {
    this.starts = starts;
    int size = ends.length;
    pointAt = new int[(size - 1) / SPACING + 1];
    points = new int[2 * (pointAt.length + 1)];
    int used = 0;
    int last = 0;
    for (int at = SPACING; at < size; at += SPACING) {
      int position = points[2 * last];
      int from = points[2 * last + 1];
      if (at - position >= 2 * (used - from)) {
        last++;
        points[2 * last] = at;
        points[2 * last + 1] = used;
        used = putOpen(from, used, position, at, ends);
      }
      pointAt[at / SPACING] = last;
    }
    int count = last + 1;
    points = Arrays.copyOf(points, 2 * count + 2);
    points[2 * count] = size;
    points[2 * count + 1] = used;
    open = Arrays.copyOf(open, used);
    long[] keys = new long[SortedKeys.room(count)];
    for (int point = 0; point < count; point++) {
      keys[point] = starts.at(points[2 * point]);
    }
    bases = SortedKeys.of(keys, count, search);
    edges = new int[Math.multiplyExact(2, Math.addExact(size, used))];
    for (int point = 0; point < count; point++) {
      putEdges(point, ends);
    }
    farEnds.trim();
  }

  /** Adds what is open at {@code at} of the open set before, and of the ranges since. */
  private int putOpen(int from, int to, int position, int at, long[] ends) {
    int needed = to + to - from + at - position;
    if (needed > open.length) {
      open = Arrays.copyOf(open, Math.max(needed, open.length + open.length / 2));
    }
    long start = starts.at(at);
    int used = to;
    for (int i = from; i < to; i++) {
      if (ends[open[i]] > start) {
        open[used++] = open[i];
      }
    }
    for (int i = position; i < at; i++) {
      if (ends[i] > start) {
        open[used++] = i;
      }
    }
    return used;
  }

  private void putEdges(int point, long[] ends) {
    long base = bases.at(point);
    int at = 2 * (points[2 * point] + points[2 * point + 1]);
    for (int i = points[2 * point + 1]; i < points[2 * point + 3]; i++) {
      edges[at++] = edge(starts.at(open[i]) - base);
      edges[at++] = edge(ends[open[i]] - base);
    }
    for (int i = points[2 * point]; i < points[2 * point + 2]; i++) {
      edges[at++] = edge(starts.at(i) - base);
      edges[at] = edge(ends[i] - base);
      if (edges[at++] == FARTHEST) {
        farEnds.add(i, ends[i]);
      }
    }
  }

  private static int edge(long distance) {
    return (int) Math.max(NEAREST, Math.min(FARTHEST, distance));
  }

  /** Where the edges of a range are that begins at a check point or before the next one. */
  private int edgesOf(int point, int position) {
    return 2 * (position + points[2 * point + 3]);
  }

  /** Where the range at a position ends. */
  long end(int position) {
    int point = pointAt[position / SPACING];
    int edge = edges[edgesOf(point, position) + 1];
    return edge == FARTHEST ? farEnds.at(position) : bases.at(point) + edge;
  }

  /** Gives {@code ranges} those that meet {@code [start, end)}, by position. */
  void visit(long start, long end, RangeConsumer ranges) {
    // Before the first range there is no check point, and at the first one nothing is open.
    int point = Math.max(0, bases.rank(start + 1) - 1);
    long base = bases.at(point);
    int first = first(start, base);
    int at = 2 * (points[2 * point] + points[2 * point + 1]);
    for (int i = points[2 * point + 1]; i < points[2 * point + 3]; i++) {
      if (edges[at + 1] > first) {
        tell(open[i], at, base, start, ranges);
      }
      at += 2;
    }
    while (visitFrom(point, start, end, ranges)) {
      point++;
    }
  }

  /**
   * Tells those that begin between a check point and the next one.
   *
   * @return whether there may be more behind
   */
  private boolean visitFrom(int point, long start, long end, RangeConsumer ranges) {
    long base = bases.at(point);
    int first = first(start, base);
    int behind = edge(end - base);
    int position = points[2 * point];
    int next = points[2 * point + 2];
    int at = edgesOf(point, position);
    for (int i = position; i < next; i++) {
      int edge = edges[at];
      if (edge >= behind && (edge < FARTHEST || starts.at(i) >= end)) {
        return false;
      }
      if (edges[at + 1] > first) {
        tell(i, at, base, start, ranges);
      }
      at += 2;
    }
    // Behind the last check point there is a key that is greater than every gfn.
    return bases.at(point + 1) < end;
  }

  /** What an end at a check point must exceed to be behind {@code start}, FARTHEST ones apart. */
  private static int first(long start, long base) {
    return Math.min(edge(start - base), FARTHEST - 1);
  }

  private void tell(int position, int at, long base, long start, RangeConsumer ranges) {
    int from = edges[at];
    int to = edges[at + 1];
    long end = to == FARTHEST ? end(position) : base + to;
    if (end > start) {
      boolean isNear = from != NEAREST && from != FARTHEST;
      ranges.accept(position, isNear ? base + from : starts.at(position), end);
    }
  }

  /** Without the starts, which are not its own. */
  long bytes() {
    return bases.bytes()
        + 4L * (pointAt.length + points.length + open.length + edges.length)
        + farEnds.bytes();
  }
}
