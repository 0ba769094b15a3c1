package org.gfnplan.solver.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** What the rules of a problem leave to each region, concluded round by round. */
final class Recount {
  /*
   * Each round concludes from what the round before had left, from every rule once, in any order.
   * A claim counts when it is true after some round, while nothing is impossible yet: past that
   * point everything would be true. This is slow and plain on purpose; problems here are small.
   */
  private static final int ROUNDS = 64;

  private final List<Rule> rules = new ArrayList<>();
  private final Map<Region, Set<Region>> apart = new HashMap<>();
  private final Map<Region, Long> steps = new HashMap<>();
  private final Map<Region, GfnSet> windows = new HashMap<>();
  private Map<Region, Extent> now = new LinkedHashMap<>();
  private Map<Region, Extent> next = new LinkedHashMap<>();

  Recount(Problem problem) {
    for (Region region : problem.regions()) {
      now.put(region, Extent.of(region));
      apart.put(region, new LinkedHashSet<>());
      steps.put(region, region.alignment().frames());
      windows.put(region, GfnSet.all());
    }
    for (Rule rule : problem.rules()) {
      if (!rule.statement().strength().isRequired()) {
        continue;
      }
      rules.add(rule);
      if (rule instanceof Rule.Pinned pinned) {
        now.computeIfPresent(pinned.region(), (r, e) -> e.start(pinned.start(), pinned.start()));
      } else if (rule instanceof Rule.Sized sized) {
        now.computeIfPresent(sized.region(), (r, e) -> e.length(sized.min(), sized.max()));
      } else if (rule instanceof Rule.Apart claim) {
        for (Region other : claim.others()) {
          get(apart, claim.region()).add(other);
          get(apart, other).add(claim.region());
        }
      } else if (rule instanceof Rule.Aligned aligned) {
        steps.merge(aligned.region(), aligned.alignment().frames(), Math::max);
      } else if (rule instanceof Rule.Within within) {
        windows.merge(within.region(), within.allowed(), GfnSet::intersection);
      }
    }
    // Pins and sizes hold from the start, and so do the ends they come to.
    now.replaceAll(
        (region, e) -> e.end(e.startMin() + e.lengthMin(), e.startMax() + e.lengthMax()));
  }

  /** Whether the claim is true after some round. */
  boolean comesTo(BooleanSupplier claim) {
    for (int round = 0; round < ROUNDS; round++) {
      if (claim.getAsBoolean()) {
        return true;
      }
      if (now.values().stream().anyMatch(Extent::isImpossible)) {
        return false;
      }
      conclude();
      if (next.equals(now)) {
        return false;
      }
      now = next;
    }
    return false;
  }

  Set<Region> regions() {
    return now.keySet();
  }

  List<Rule> rules() {
    return rules;
  }

  Extent of(Region region) {
    return get(now, region);
  }

  boolean areApart(Region one, Region other) {
    return get(apart, one).contains(other);
  }

  /** What the start of the region is a multiple of, grids apart. */
  long step(Region region) {
    return get(steps, region);
  }

  /** The first address from {@code gfn} on where the region may start, bounds apart. */
  long firstStart(Region region, long gfn) {
    return roundUp(gfn, step(region));
  }

  /**
   * The frames that the region can lie in: within its windows and its reach, taken by no one that
   * it keeps apart from, and in a run that it can begin in.
   */
  GfnSet room(Region region) {
    Extent extent = of(region);
    GfnRange reach = extent.reach();
    if (reach == null) {
      return GfnSet.empty();
    }
    List<GfnRange> taken = new ArrayList<>();
    for (Region other : get(apart, region)) {
      GfnRange theirs = of(other).taken();
      if (theirs != null) {
        taken.add(theirs);
      }
    }
    GfnSet left = get(windows, region).within(reach).minus(GfnSet.of(taken));
    return GfnSet.of(
        left.ranges().stream()
            .filter(run -> firstStart(region, run.start()) <= extent.startMax())
            .toList());
  }

  /** The most frames that a region has in one of the runs, from the first start in it. */
  long longest(Region region, GfnSet runs) {
    long longest = 0;
    for (GfnRange run : runs.ranges()) {
      longest = Math.max(longest, run.end() - firstStart(region, run.start()));
    }
    return longest;
  }

  /** The fewest frames of the region that are not in {@code except}. */
  long fewest(Region region, GfnSet except) {
    Extent extent = of(region);
    long fewest = Math.max(0, extent.lengthMin() - shared(extent, except));
    GfnRange taken = extent.taken();
    return taken == null ? fewest : Math.max(fewest, GfnSet.of(taken).minus(except).size());
  }

  /** The most frames of the region that are not in {@code except}. */
  long most(Region region, GfnSet except) {
    Extent extent = of(region);
    GfnRange reach = extent.reach();
    return reach == null ? 0 : Math.min(extent.lengthMax(), GfnSet.of(reach).minus(except).size());
  }

  private static long shared(Extent extent, GfnSet except) {
    GfnRange reach = extent.reach();
    return reach == null ? 0 : GfnSet.of(reach).intersection(except).size();
  }

  private void conclude() {
    next = new LinkedHashMap<>(now);
    for (Region region : now.keySet()) {
      Extent before = of(region);
      narrow(region, extent -> extent.summed(before));
      long step = step(region);
      narrow(
          region,
          extent ->
              extent.start(roundUp(before.startMin(), step), roundDown(before.startMax(), step)));
      stayInRoom(region);
    }
    for (Rule rule : rules) {
      conclude(rule);
    }
  }

  private void stayInRoom(Region region) {
    Extent before = of(region);
    long need = Math.max(1, before.lengthMin());
    long firstStart = Long.MAX_VALUE;
    long lastStart = -1;
    long lastEnd = -1;
    long longest = 0;
    for (GfnRange run : room(region).ranges()) {
      long first = firstStart(region, run.start());
      if (run.end() - first >= need) {
        firstStart = Math.min(firstStart, first);
        lastStart = roundDown(run.end() - need, step(region));
        lastEnd = run.end();
        longest = Math.max(longest, run.end() - first);
      }
    }
    long end = lastEnd;
    long most = longest;
    if (before.lengthMin() == 0) {
      narrow(region, e -> e.length(0, most).end(0, Math.max(end, before.startMax())));
    } else if (end >= 0) {
      long low = firstStart;
      long high = lastStart;
      narrow(region, e -> e.start(low, high).length(0, most).end(0, end));
    }
  }

  private void conclude(Rule rule) {
    if (rule instanceof Rule.OnGrid grid) {
      long step = grid.step();
      narrow(grid.edge(), roundUp(min(grid.edge()), step), roundDown(max(grid.edge()), step));
    } else if (rule instanceof Rule.SameEdge same) {
      narrow(same.one(), min(same.other()), max(same.other()));
      narrow(same.other(), min(same.one()), max(same.one()));
    } else if (rule instanceof Rule.Apart claim) {
      for (Region other : claim.others()) {
        oneSide(claim.region(), other);
        oneSide(other, claim.region());
      }
    } else if (rule instanceof Rule.TotalLength total) {
      share(total);
    } else if (rule instanceof Rule.Follows follows) {
      follow(follows);
    } else if (rule instanceof Rule.Inside inside) {
      nest(inside.region(), inside.container());
    }
  }

  /** Length is no longer than the container's; a region that is not empty is between its edges. */
  private void nest(Region region, Region container) {
    Extent inner = of(region);
    Extent outer = of(container);
    long most = areApart(region, container) ? 0 : outer.lengthMax();
    narrow(region, e -> e.length(0, most));
    if (inner.lengthMin() == 0) {
      narrow(region, e -> e.end(0, Math.max(outer.endMax(), inner.startMax())));
      return;
    }
    narrow(region, e -> e.start(outer.startMin(), Long.MAX_VALUE).end(0, outer.endMax()));
    narrow(
        container,
        e ->
            e.start(0, inner.startMax())
                .length(inner.lengthMin(), Long.MAX_VALUE)
                .end(inner.endMin(), Long.MAX_VALUE));
  }

  /** If {@code second} cannot end before {@code one} starts, {@code one} ends before it. */
  private void oneSide(Region one, Region second) {
    Extent mine = of(one);
    Extent theirs = of(second);
    if (theirs.lengthMin() == 0 || theirs.endMin() <= mine.startMax()) {
      return;
    }
    if (mine.lengthMin() > 0) {
      narrow(one, e -> e.end(0, theirs.startMax()));
      narrow(second, e -> e.start(mine.endMin(), Long.MAX_VALUE));
    } else {
      narrow(one, e -> e.end(0, Math.max(theirs.startMax(), mine.startMax())));
    }
  }

  private void share(Rule.TotalLength total) {
    for (Region region : total.summands()) {
      long atLeast = total.frames();
      long atMost = total.frames();
      for (Region other : total.summands()) {
        if (!other.equals(region)) {
          atLeast -= most(other, total.except());
          atMost -= fewest(other, total.except());
        }
      }
      Extent before = of(region);
      long low = atLeast;
      long high = atMost;
      narrow(region, e -> e.length(low, high + shared(before, total.except())));
      if (low > 0) {
        narrow(region, e -> e.end(walk(before.startMin(), low, total.except()), Long.MAX_VALUE));
      }
      if (high >= 0) {
        long past = walk(before.startMax(), high + 1, total.except()) - 1;
        narrow(region, e -> e.end(0, past));
      }
    }
  }

  /** The end of the shortest run from {@code start} with so many frames, 1 or more, outside. */
  private static long walk(long start, long frames, GfnSet except) {
    long at = start;
    long missing = frames;
    for (GfnRange hole : except.ranges()) {
      if (hole.end() > at) {
        long before = Math.max(0, hole.start() - at);
        if (missing <= before) {
          break;
        }
        missing -= before;
        at = hole.end();
      }
    }
    return at + missing;
  }

  private void follow(Rule.Follows rule) {
    long step = rule.alignment().frames();
    List<Region> chain = rule.chain();
    Region last = chain.get(chain.size() - 1);
    long low = of(last).startMin();
    long high = of(last).startMax();
    for (Region region : chain) {
      Extent extent = of(region);
      if (extent.lengthMin() > 0) {
        low = extent.endMin();
        high = extent.endMax();
      } else if (extent.lengthMax() > 0) {
        low = Math.min(low, extent.endMin());
        high = Math.max(high, extent.endMax());
      }
    }
    long from = roundUp(low, step);
    long to = roundUp(high, step);
    narrow(rule.region(), e -> e.start(from, to));
    if (of(last).lengthMin() > 0) {
      Extent follower = of(rule.region());
      narrow(last, e -> e.end(follower.startMin() - step + 1, follower.startMax()));
    }
  }

  private long min(Edge edge) {
    Extent extent = of(edge.region());
    return edge.side() == Edge.Side.START ? extent.startMin() : extent.endMin();
  }

  private long max(Edge edge) {
    Extent extent = of(edge.region());
    return edge.side() == Edge.Side.START ? extent.startMax() : extent.endMax();
  }

  private void narrow(Edge edge, long min, long max) {
    narrow(
        edge.region(), e -> edge.side() == Edge.Side.START ? e.start(min, max) : e.end(min, max));
  }

  private void narrow(Region region, UnaryOperator<Extent> by) {
    next.put(region, by.apply(get(next, region)));
  }

  private static long roundUp(long gfn, long step) {
    return (gfn + step - 1) / step * step;
  }

  private static long roundDown(long gfn, long step) {
    return gfn / step * step;
  }

  private static <V> V get(Map<Region, V> map, Region region) {
    V value = map.get(region);
    if (value == null) {
      throw new IllegalArgumentException("the region must be known: name=" + region.name());
    }
    return value;
  }
}
