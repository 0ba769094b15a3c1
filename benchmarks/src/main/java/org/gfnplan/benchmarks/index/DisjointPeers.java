package org.gfnplan.benchmarks.index;

import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;
import com.google.common.collect.RangeMap;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeMap;
import com.google.common.collect.TreeRangeSet;
import htsjdk.samtools.util.Interval;
import htsjdk.samtools.util.IntervalTree;
import htsjdk.samtools.util.OverlapDetector;
import it.unimi.dsi.fastutil.longs.Long2LongAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongRBTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongSortedMap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.gfnplan.solver.p2m.index.GfnIndex;

/** The structures that are compared on disjoint extents, by name. */
final class DisjointPeers {
  static final List<String> NAMES =
      List.of(
          "gfnindex",
          "gfnindex-vector",
          "treemap",
          "guava-range-map",
          "guava-range-set",
          "guava-immutable",
          "htsjdk-tree",
          "htsjdk-overlap",
          "fastutil-avl",
          "fastutil-rb",
          "binary-search");

  private DisjointPeers() {}

  /** Builds the structure from extents in whatever order. */
  static DisjointPeer named(String name, Extents extents) {
    return switch (name) {
      case "gfnindex" -> new Index(GfnIndex.withoutVectors(extents.starts(), extents.ends()));
      case "gfnindex-vector" -> new Index(withVectors(extents));
      case "treemap" -> new Tree(fill(extents));
      case "guava-range-map" -> new GuavaMap(guavaMap(extents));
      case "guava-range-set" -> new GuavaSet(guavaSet(extents));
      case "guava-immutable" -> new GuavaMap(guavaImmutable(extents));
      case "htsjdk-tree" -> new HtsjdkTree(htsjdkTree(extents.starts(), extents.ends()));
      case "htsjdk-overlap" -> new Htsjdk(htsjdk(extents.starts(), extents.ends()));
      case "fastutil-avl" -> new Fastutil(fill(new Long2LongAVLTreeMap(), extents));
      case "fastutil-rb" -> new Fastutil(fill(new Long2LongRBTreeMap(), extents));
      case "binary-search" -> sortedArrays(extents);
      default ->
          throw new IllegalArgumentException(
              "implementation must be one of %s: implementation=%s".formatted(NAMES, name));
    };
  }

  private static GfnIndex withVectors(Extents extents) {
    GfnIndex index = GfnIndex.of(extents.starts(), extents.ends());
    // Nobody should compare the scalar search with itself.
    if (extents.size() >= 100_000 && !index.usesVectors()) {
      throw new IllegalStateException(
          "gfnindex-vector needs --add-modules jdk.incubator.vector and vectors of 512 bits");
    }
    return index;
  }

  /** Whether the structure holds extents of the space: some count in {@code int}s. */
  static boolean holds(String name, Extents.Space space) {
    return space == Extents.Space.INT || !name.startsWith("htsjdk");
  }

  record Index(GfnIndex structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.any(start, end);
    }

    @Override
    public long first(long start, long end) {
      int first = structure.first(start, end);
      return first == GfnIndex.NONE ? -1 : Math.max(start, structure.start(first));
    }

    @Override
    public int count(long start, long end) {
      return structure.count(start, end);
    }

    @Override
    public int any(Queries queries, long[] bits) {
      return structure.any(queries.starts(), queries.ends(), bits);
    }
  }

  record Tree(NavigableMap<Long, Long> structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      Map.Entry<Long, Long> last = structure.floorEntry(end - 1);
      return last != null && last.getValue() > start;
    }

    @Override
    public long first(long start, long end) {
      Map.Entry<Long, Long> floor = structure.floorEntry(start);
      if (floor != null && floor.getValue() > start) {
        return start;
      }
      Long next = structure.higherKey(start);
      return next != null && next < end ? next : -1;
    }

    @Override
    public int count(long start, long end) {
      Long from = structure.floorKey(start);
      int count = 0;
      for (long to : structure.subMap(from == null ? start : from, end).values()) {
        count += to > start ? 1 : 0;
      }
      return count;
    }
  }

  record Fastutil(Long2LongSortedMap structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      Long2LongSortedMap before = structure.headMap(end);
      return !before.isEmpty() && structure.get(before.lastLongKey()) > start;
    }

    @Override
    public long first(long start, long end) {
      Long2LongSortedMap before = structure.headMap(start + 1);
      if (!before.isEmpty() && structure.get(before.lastLongKey()) > start) {
        return start;
      }
      Long2LongSortedMap after = structure.tailMap(start + 1);
      long next = after.isEmpty() ? end : after.firstLongKey();
      return next < end ? next : -1;
    }

    @Override
    public int count(long start, long end) {
      Long2LongSortedMap before = structure.headMap(start + 1);
      long from = before.isEmpty() ? start : before.lastLongKey();
      int count = 0;
      for (long to : structure.subMap(from, end).values()) {
        count += to > start ? 1 : 0;
      }
      return count;
    }
  }

  record GuavaMap(RangeMap<Long, Long> structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return !structure.subRangeMap(Range.closedOpen(start, end)).asMapOfRanges().isEmpty();
    }

    @Override
    public long first(long start, long end) {
      Iterator<Range<Long>> met =
          structure.subRangeMap(Range.closedOpen(start, end)).asMapOfRanges().keySet().iterator();
      return met.hasNext() ? met.next().lowerEndpoint() : -1;
    }

    @Override
    public int count(long start, long end) {
      return structure.subRangeMap(Range.closedOpen(start, end)).asMapOfRanges().size();
    }
  }

  /** Joins extents that touch, so it cannot count them. */
  record GuavaSet(RangeSet<Long> structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.intersects(Range.closedOpen(start, end));
    }

    @Override
    public long first(long start, long end) {
      Iterator<Range<Long>> met =
          structure.subRangeSet(Range.closedOpen(start, end)).asRanges().iterator();
      return met.hasNext() ? met.next().lowerEndpoint() : -1;
    }

    @Override
    public int count(long start, long end) {
      throw new UnsupportedOperationException("extents that touch are one in a RangeSet");
    }
  }

  record HtsjdkTree(IntervalTree<Integer> structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.minOverlapper((int) start, (int) (end - 1)) != null;
    }

    @Override
    public long first(long start, long end) {
      IntervalTree.Node<Integer> first = structure.minOverlapper((int) start, (int) (end - 1));
      return first == null ? -1 : Math.max(start, first.getStart());
    }

    @Override
    public int count(long start, long end) {
      int count = 0;
      Iterator<IntervalTree.Node<Integer>> met =
          structure.overlappers((int) start, (int) (end - 1));
      while (met.hasNext()) {
        met.next();
        count++;
      }
      return count;
    }
  }

  record Htsjdk(OverlapDetector<Interval> structure) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return structure.overlapsAny(interval(start, end));
    }

    @Override
    public long first(long start, long end) {
      long first = Long.MAX_VALUE;
      for (Interval met : structure.getOverlaps(interval(start, end))) {
        first = Math.min(first, met.getStart());
      }
      return first == Long.MAX_VALUE ? -1 : Math.max(start, first);
    }

    @Override
    public int count(long start, long end) {
      return structure.getOverlaps(interval(start, end)).size();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record SortedArrays(long[] starts, long[] ends) implements DisjointPeer {
    private int firstEndingAfter(long gfn) {
      int found = Arrays.binarySearch(ends, gfn + 1);
      return found >= 0 ? found : -found - 1;
    }

    @Override
    public boolean any(long start, long end) {
      int first = firstEndingAfter(start);
      return first < starts.length && starts[first] < end;
    }

    @Override
    public long first(long start, long end) {
      int first = firstEndingAfter(start);
      return first < starts.length && starts[first] < end ? Math.max(start, starts[first]) : -1;
    }

    @Override
    public int count(long start, long end) {
      int found = Arrays.binarySearch(starts, end);
      return (found >= 0 ? found : -found - 1) - firstEndingAfter(start);
    }

    @Override
    public Object structure() {
      return new long[][] {starts, ends};
    }
  }

  static Interval interval(long start, long end) {
    return new Interval("gfn", (int) start, (int) (end - 1));
  }

  private static NavigableMap<Long, Long> fill(Extents extents) {
    NavigableMap<Long, Long> map = new TreeMap<>();
    for (int i = 0; i < extents.size(); i++) {
      map.put(extents.starts()[i], extents.ends()[i]);
    }
    return map;
  }

  private static Long2LongSortedMap fill(Long2LongSortedMap map, Extents extents) {
    for (int i = 0; i < extents.size(); i++) {
      map.put(extents.starts()[i], extents.ends()[i]);
    }
    return map;
  }

  private static RangeMap<Long, Long> guavaMap(Extents extents) {
    RangeMap<Long, Long> map = TreeRangeMap.create();
    for (int i = 0; i < extents.size(); i++) {
      map.put(Range.closedOpen(extents.starts()[i], extents.ends()[i]), extents.starts()[i]);
    }
    return map;
  }

  private static RangeMap<Long, Long> guavaImmutable(Extents extents) {
    ImmutableRangeMap.Builder<Long, Long> map = ImmutableRangeMap.builder();
    for (int i = 0; i < extents.size(); i++) {
      map.put(Range.closedOpen(extents.starts()[i], extents.ends()[i]), extents.starts()[i]);
    }
    return map.build();
  }

  private static RangeSet<Long> guavaSet(Extents extents) {
    RangeSet<Long> set = TreeRangeSet.create();
    for (int i = 0; i < extents.size(); i++) {
      set.add(Range.closedOpen(extents.starts()[i], extents.ends()[i]));
    }
    return set;
  }

  static IntervalTree<Integer> htsjdkTree(long[] starts, long[] ends) {
    IntervalTree<Integer> tree = new IntervalTree<>();
    for (int i = 0; i < starts.length; i++) {
      tree.put((int) starts[i], (int) (ends[i] - 1), i);
    }
    return tree;
  }

  static OverlapDetector<Interval> htsjdk(long[] starts, long[] ends) {
    OverlapDetector<Interval> detector = new OverlapDetector<>(0, 0);
    for (int i = 0; i < starts.length; i++) {
      Interval interval = interval(starts[i], ends[i]);
      detector.addLhs(interval, interval);
    }
    return detector;
  }

  private static DisjointPeer sortedArrays(Extents extents) {
    long[] starts = extents.starts().clone();
    long[] ends = extents.ends().clone();
    Arrays.sort(starts);
    Arrays.sort(ends);
    return new SortedArrays(starts, ends);
  }
}
