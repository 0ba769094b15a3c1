package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Packs the items of one zone by filling its gaps one after another, smallest first. */
final class GapFilling {
  /*
   * Within a gap the items stand left-justified, so a packing is a sequence of sorts for each gap.
   * Nothing is lost when
   * - a gap is only closed once no item that is left fits behind the others in it: one that does
   *   could be moved there from where it is;
   * - of items with the same step, whose sizes are multiples of it, the larger stands first: they
   *   can trade places;
   * - the largest item that is left goes into this gap, first, when all gaps that are left are
   *   alike and all items that are left are of that kind: gaps can trade places too.
   * Too many frames lost in closed gaps end a branch, and a state that failed is not tried again.
   */
  enum Verdict {
    FOUND,
    NONE,
    STOPPED
  }

  private static final int MOST_MEMORIES = 1 << 18;

  private final Meter meter;

  /** The items of each sort; sorts by falling step, then size. */
  private final List<List<Integer>> sorts;

  private final long[] size;
  private final long[] step;
  private final int[] left;

  private final long[] gapStart;
  private final long[] gapEnd;

  /** From this gap on, all gaps are alike. */
  private final int alikeFrom;

  private final boolean tradable;
  private final Set<List<Integer>> failed = new HashSet<>();
  private final long[] start;
  private boolean stopped;

  /** Writes where the items lie to {@code start}. */
  GapFilling(Items items, List<Integer> zone, FreeList free, long[] start, Meter meter) {
    this.meter = meter;
    this.start = start;
    TreeMap<long[], List<Integer>> bySort =
        new TreeMap<>(Comparator.comparingLong((long[] k) -> -k[0]).thenComparingLong(k -> -k[1]));
    for (int item : zone) {
      bySort
          .computeIfAbsent(new long[] {items.step(item), items.size(item)}, k -> new ArrayList<>())
          .add(item);
    }
    sorts = List.copyOf(bySort.values());
    size = sorts.stream().mapToLong(sort -> items.size(sort.get(0))).toArray();
    step = sorts.stream().mapToLong(sort -> items.step(sort.get(0))).toArray();
    left = sorts.stream().mapToInt(List::size).toArray();
    int[] order =
        IntStream.range(0, free.count())
            .boxed()
            .sorted(Comparator.comparingLong(i -> free.end(i) - free.start(i)))
            .mapToInt(i -> i)
            .toArray();
    gapStart = Arrays.stream(order).mapToLong(free::start).toArray();
    gapEnd = Arrays.stream(order).mapToLong(free::end).toArray();
    tradable =
        IntStream.range(0, size.length).allMatch(t -> step[t] == step[0] && size[t] % step[t] == 0);
    int alike = Math.max(0, order.length - 1);
    while (alike > 0 && areAlike(alike - 1, alike)) {
      alike--;
    }
    alikeFrom = tradable ? alike : order.length;
  }

  private boolean areAlike(int one, int other) {
    return gapEnd[one] - gapStart[one] == gapEnd[other] - gapStart[other]
        && step.length > 0
        && gapStart[one] % step[0] == gapStart[other] % step[0];
  }

  Verdict fill() {
    long slack = 0;
    for (int g = 0; g < gapStart.length; g++) {
      slack += gapEnd[g] - gapStart[g];
    }
    for (int t = 0; t < size.length; t++) {
      slack -= left[t] * size[t];
    }
    boolean found = slack >= 0 && fill(0, slack);
    return found ? Verdict.FOUND : stopped ? Verdict.STOPPED : Verdict.NONE;
  }

  /** Fills the gap and those after it, losing at most {@code slack} frames. */
  private boolean fill(int gap, long slack) {
    if (Arrays.stream(left).allMatch(count -> count == 0)) {
      return true;
    }
    if (gap == gapStart.length) {
      return false;
    }
    List<Integer> state = state(gap);
    if (failed.contains(state)) {
      return false;
    }
    boolean found = extend(gap, gapStart[gap], slack, 0, true);
    if (!found && !stopped && failed.size() < MOST_MEMORIES) {
      failed.add(state);
    }
    return found;
  }

  private List<Integer> state(int gap) {
    Integer[] state = new Integer[left.length + 1];
    for (int t = 0; t < left.length; t++) {
      state[t] = left[t];
    }
    state[left.length] = gap;
    return List.of(state);
  }

  /** Puts a further item into the gap at or after {@code at}, or closes it. */
  private boolean extend(int gap, long at, long slack, int from, boolean first) {
    if (!meter.step(0)) {
      stopped = true;
      return false;
    }
    boolean fits = false;
    for (int t = 0; t < left.length && !stopped; t++) {
      if (left[t] == 0) {
        continue;
      }
      long place = (at + step[t] - 1) / step[t] * step[t];
      if (place + size[t] > gapEnd[gap]) {
        continue;
      }
      fits = true;
      if ((tradable && t < from) || place - at > slack) {
        continue;
      }
      left[t]--;
      int item = sorts.get(t).get(left[t]);
      start[item] = place;
      if (extend(gap, place + size[t], slack - (place - at), t, false)) {
        return true;
      }
      left[t]++;
      if (first && gap >= alikeFrom) {
        return false;
      }
    }
    long lost = gapEnd[gap] - at;
    return !stopped && !fits && lost <= slack && fill(gap + 1, slack - lost);
  }
}
