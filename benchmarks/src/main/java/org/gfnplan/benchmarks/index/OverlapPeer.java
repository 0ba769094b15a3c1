package org.gfnplan.benchmarks.index;

import htsjdk.samtools.util.Interval;
import htsjdk.samtools.util.IntervalTree;
import htsjdk.samtools.util.OverlapDetector;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.gfnplan.solver.p2m.index.GfnIndex;
import org.gfnplan.solver.p2m.index.RangeConsumer;

/** Something that can be asked which of its ranges, which may overlap, meet a run of gfns. */
interface OverlapPeer {
  List<String> NAMES = List.of("gfnindex", "htsjdk-tree", "htsjdk-overlap", "binary-search");

  /** Whether a range meets {@code [start, end)}. */
  boolean any(long start, long end);

  /** How many ranges meet {@code [start, end)}. */
  int count(long start, long end);

  /** The sum of the starts of all ranges that meet {@code [start, end)}, each of them visited. */
  long visit(long start, long end);

  /** What {@code IndexFootprint} measures. */
  Object structure();

  /** Builds the structure from ranges in whatever order. */
  static OverlapPeer named(String name, Ranges ranges) {
    return switch (name) {
      case "gfnindex" -> new Index(GfnIndex.of(ranges.starts(), ranges.ends()));
      case "htsjdk-tree" -> new Tree(DisjointPeers.htsjdkTree(ranges.starts(), ranges.ends()));
      case "htsjdk-overlap" -> new Detector(DisjointPeers.htsjdk(ranges.starts(), ranges.ends()));
      case "binary-search" -> new Counter(ranges.sortedStarts(), ranges.sortedEnds());
      default ->
          throw new IllegalArgumentException(
              "implementation must be one of %s: implementation=%s".formatted(NAMES, name));
    };
  }

  /** Adds starts up, without an object for each query. */
  final class Index implements OverlapPeer, RangeConsumer {
    private final GfnIndex index;
    private long sum;

    Index(GfnIndex index) {
      this.index = index;
    }

    @Override
    public void accept(int position, long start, long end) {
      sum += start;
    }

    @Override
    public boolean any(long start, long end) {
      return index.any(start, end);
    }

    @Override
    public int count(long start, long end) {
      return index.count(start, end);
    }

    @Override
    public long visit(long start, long end) {
      sum = 0;
      index.visit(start, end, this);
      return sum;
    }

    @Override
    public Object structure() {
      return index;
    }
  }

  /** One tree of nodes with the greatest end below each. */
  record Tree(IntervalTree<Integer> structure) implements OverlapPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.minOverlapper((int) start, (int) (end - 1)) != null;
    }

    @Override
    public int count(long start, long end) {
      int count = 0;
      for (var met = overlappers(start, end); met.hasNext(); met.next()) {
        count++;
      }
      return count;
    }

    @Override
    public long visit(long start, long end) {
      long sum = 0;
      for (var met = overlappers(start, end); met.hasNext(); ) {
        sum += met.next().getStart();
      }
      return sum;
    }

    private Iterator<IntervalTree.Node<Integer>> overlappers(long start, long end) {
      return structure.overlappers((int) start, (int) (end - 1));
    }
  }

  /** What users of the same library call instead of the tree. */
  record Detector(OverlapDetector<Interval> structure) implements OverlapPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.overlapsAny(DisjointPeers.interval(start, end));
    }

    @Override
    public int count(long start, long end) {
      return structure.getOverlaps(DisjointPeers.interval(start, end)).size();
    }

    @Override
    public long visit(long start, long end) {
      long sum = 0;
      for (Interval met : structure.getOverlaps(DisjointPeers.interval(start, end))) {
        sum += met.getStart();
      }
      return sum;
    }
  }

  /** Starts and ends, each sorted by itself: it can count, but not tell which. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Counter(long[] starts, long[] ends) implements OverlapPeer {
    @Override
    public boolean any(long start, long end) {
      return count(start, end) > 0;
    }

    @Override
    public int count(long start, long end) {
      return less(starts, end) - less(ends, start + 1);
    }

    /** Duplicates are many, and {@code Arrays.binarySearch} finds any of them. */
    private static int less(long[] sorted, long key) {
      int found = Arrays.binarySearch(sorted, key);
      if (found < 0) {
        return -found - 1;
      }
      while (found > 0 && sorted[found - 1] == key) {
        found--;
      }
      return found;
    }

    @Override
    public long visit(long start, long end) {
      throw new UnsupportedOperationException("sorted ends do not say whose they are");
    }

    @Override
    public Object structure() {
      return new long[][] {starts, ends};
    }
  }
}
