package org.gfnplan.benchmarks.index;

import com.google.common.collect.Range;
import com.google.common.collect.RangeMap;
import com.google.common.collect.TreeRangeMap;
import it.unimi.dsi.fastutil.longs.Long2LongAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongRBTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongSortedMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.GfnRange;

/** A set of disjoint extents that changes. */
interface ChangingPeer {
  List<String> NAMES =
      List.of("p2m-map", "treemap", "skip-list", "fastutil-avl", "fastutil-rb", "guava-range-map");

  /** Whether an extent meets {@code [start, end)}. */
  boolean any(long start, long end);

  /** Adds an extent if its frames are free. */
  boolean insert(long start, long end);

  /** Removes an extent if it is there; no other meets its frames then. */
  boolean remove(long start, long end);

  /** An empty set of extents. */
  static ChangingPeer named(String name) {
    return switch (name) {
      case "p2m-map" -> new P2m(new P2mMap());
      case "treemap" -> new Tree(new TreeMap<>());
      case "skip-list" -> new Tree(new ConcurrentSkipListMap<>());
      case "fastutil-avl" -> new Fastutil(new Long2LongAVLTreeMap());
      case "fastutil-rb" -> new Fastutil(new Long2LongRBTreeMap());
      case "guava-range-map" -> new Guava(TreeRangeMap.create());
      default ->
          throw new IllegalArgumentException(
              "implementation must be one of %s: implementation=%s".formatted(NAMES, name));
    };
  }

  /** With all the extents. */
  static ChangingPeer filled(String name, Extents extents) {
    ChangingPeer peer = named(name);
    for (int i = 0; i < extents.size(); i++) {
      peer.insert(extents.starts()[i], extents.ends()[i]);
    }
    return peer;
  }

  /** The map of this project, whose extents also have host frames, a type and an access. */
  record P2m(P2mMap map) implements ChangingPeer {
    @Override
    public boolean any(long start, long end) {
      return map.any(start, end);
    }

    @Override
    public boolean insert(long start, long end) {
      // Host frames that do not continue, or extents that touch would be joined.
      Extent extent =
          new Extent(new GfnRange(start, end), 2 * start, P2mType.RAM, Access.READ_WRITE);
      return map.insert(extent) == null;
    }

    @Override
    public boolean remove(long start, long end) {
      return map.remove(new GfnRange(start, end)) > 0;
    }
  }

  /** Ends by starts. */
  record Tree(NavigableMap<Long, Long> map) implements ChangingPeer {
    @Override
    public boolean any(long start, long end) {
      Map.Entry<Long, Long> last = map.floorEntry(end - 1);
      return last != null && last.getValue() > start;
    }

    @Override
    public boolean insert(long start, long end) {
      if (any(start, end)) {
        return false;
      }
      map.put(start, end);
      return true;
    }

    @Override
    public boolean remove(long start, long end) {
      return map.remove(start) != null;
    }
  }

  /** Ends by starts, without boxes. */
  record Fastutil(Long2LongSortedMap map) implements ChangingPeer {
    @Override
    public boolean any(long start, long end) {
      Long2LongSortedMap before = map.headMap(end);
      return !before.isEmpty() && map.get(before.lastLongKey()) > start;
    }

    @Override
    public boolean insert(long start, long end) {
      if (any(start, end)) {
        return false;
      }
      map.put(start, end);
      return true;
    }

    @Override
    public boolean remove(long start, long end) {
      return map.remove(start) != 0;
    }
  }

  /** Guava's map of ranges. */
  record Guava(RangeMap<Long, Long> map) implements ChangingPeer {
    @Override
    public boolean any(long start, long end) {
      return !map.subRangeMap(Range.closedOpen(start, end)).asMapOfRanges().isEmpty();
    }

    @Override
    public boolean insert(long start, long end) {
      if (any(start, end)) {
        return false;
      }
      map.put(Range.closedOpen(start, end), start);
      return true;
    }

    @Override
    public boolean remove(long start, long end) {
      if (!any(start, end)) {
        return false;
      }
      map.remove(Range.closedOpen(start, end));
      return true;
    }
  }
}
