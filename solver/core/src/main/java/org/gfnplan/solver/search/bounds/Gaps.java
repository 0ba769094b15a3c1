package org.gfnplan.solver.search.bounds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** The runs of frames that a region can lie in: what it may take, less what others must take. */
final class Gaps {
  private final Shape shape;
  private final Bounds bounds;

  /** The regions that take frames whatever is chosen, by the first of those frames. */
  final int[] blockers;

  Gaps(Shape shape, Bounds bounds) {
    this.shape = shape;
    this.bounds = bounds;
    blockers =
        IntStream.range(0, shape.size())
            .filter(bounds::isForced)
            .boxed()
            .sorted(Comparator.comparingLong(i -> bounds.startHi[i]))
            .mapToInt(i -> i)
            .toArray();
  }

  /**
   * A gap, and the first start in it that suits the region.
   *
   * @param first aligned; not below {@code range.start()}, but maybe past {@code range.end()}
   */
  record Gap(GfnRange range, long first) {
    /** The most frames that the region can have in it. */
    long room() {
      return Math.max(0, range.end() - first);
    }
  }

  /** The gaps in which the region can begin, in ascending order. */
  List<Gap> of(int region) {
    List<Gap> gaps = new ArrayList<>();
    long from = bounds.startLo[region];
    long to = bounds.endHi[region];
    for (GfnRange window : shape.allowed(region)) {
      long cursor = Math.max(window.start(), from);
      long end = Math.min(window.end(), to);
      for (int blocker : blockers) {
        long start = bounds.startHi[blocker];
        if (start >= end) {
          break;
        }
        if (bounds.endLo[blocker] > cursor && shape.isApart(region, blocker)) {
          add(region, cursor, start, gaps);
          cursor = bounds.endLo[blocker];
        }
      }
      add(region, cursor, end, gaps);
    }
    return gaps;
  }

  private void add(int region, long start, long end, List<Gap> gaps) {
    if (start < end) {
      Alignment alignment = shape.alignment(region);
      long first = alignment.up(start);
      if (first <= bounds.startHi[region]) {
        gaps.add(new Gap(new GfnRange(start, end), first));
      }
    }
  }

  /** The frames of gaps. */
  static GfnSet frames(List<Gap> gaps) {
    return GfnSet.of(gaps.stream().map(Gap::range).toList());
  }

  /** The most frames a region can have in one of the gaps. */
  static long largest(List<Gap> gaps) {
    return gaps.stream().mapToLong(Gap::room).max().orElse(0);
  }
}
