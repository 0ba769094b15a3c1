package org.gfnplan.solver.ortools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** The room of every region, after required rules that speak of one region or of fixed ones. */
final class Rooms {
  /*
   * Regions that cannot move and cannot stretch become obstacles: a set of frames for each region
   * that has to keep clear of some. Sets merge what overlaps, so two reserved ranges that share
   * frames are one obstacle and never a conflict between each other.
   */

  /** More regions than this would need more memory for pairs than a plan is worth. */
  private static final int MOST_REGIONS = 10_000;

  private final Map<Region, Integer> indices = new HashMap<>();
  private final List<Room> rooms = new ArrayList<>();
  private final List<GfnSet> obstacles = new ArrayList<>();
  private final List<BitSet> apart = new ArrayList<>();
  private boolean impossible;

  Rooms(Problem problem) {
    if (problem.regions().size() > MOST_REGIONS) {
      throw new BeyondLimits(
          "%d regions are more than %d".formatted(problem.regions().size(), MOST_REGIONS));
    }
    List<Bounds> bounds = new ArrayList<>();
    for (Region region : problem.regions()) {
      indices.put(region, indices.size());
      bounds.add(new Bounds(region));
    }
    for (Rule rule : problem.rules()) {
      if (rule.statement().strength().isRequired() && rule.regions().size() == 1) {
        bounds.get(index(rule.regions().get(0))).take(rule);
      }
      if (rule instanceof Rule.Follows follows && follows.statement().strength().isRequired()) {
        bounds.get(index(follows.region())).takeStep(follows.alignment().frames());
      }
    }
    for (Bounds bound : bounds) {
      rooms.add(bound.room());
    }
    impossible = rooms.stream().anyMatch(Room::isImpossible);
    if (!impossible) {
      keepApart(problem);
    }
  }

  int index(Region region) {
    Integer index = indices.get(region);
    if (index == null) {
      throw new IllegalArgumentException("the region must be in the problem: " + region.name());
    }
    return index;
  }

  int size() {
    return rooms.size();
  }

  Room of(int region) {
    return rooms.get(region);
  }

  /** The frames of fixed regions that this one has to keep clear of. */
  GfnSet obstacles(int region) {
    return obstacles.get(region);
  }

  /** The regions that are not fixed and have to be apart from this one, which is not fixed. */
  BitSet apart(int region) {
    return apart.get(region);
  }

  /** Whether the problem has no layout for a reason that shows without a search. */
  boolean areImpossible() {
    return impossible;
  }

  private void keepApart(Problem problem) {
    List<List<GfnRange>> taken = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      taken.add(new ArrayList<>());
      apart.add(new BitSet());
    }
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Apart pairs && pairs.statement().strength().isRequired()) {
        int one = index(pairs.region());
        for (Region other : pairs.others()) {
          keepApart(one, index(other), taken);
        }
      }
    }
    for (int i = 0; i < rooms.size(); i++) {
      obstacles.add(GfnSet.of(taken.get(i)));
      rooms.set(i, rooms.get(i).without(obstacles.get(i)));
    }
    impossible = rooms.stream().anyMatch(Room::isImpossible);
  }

  private void keepApart(int one, int other, List<List<GfnRange>> taken) {
    Room mine = rooms.get(one);
    Room theirs = rooms.get(other);
    if (mine.isFixed()) {
      taken.get(other).add(mine.fixedRange());
    }
    if (theirs.isFixed()) {
      taken.get(one).add(theirs.fixedRange());
    }
    if (!mine.isFixed() && !theirs.isFixed()) {
      apart.get(one).set(other);
      apart.get(other).set(one);
    }
  }

  /** What the required rules about one region add up to. */
  private static final class Bounds {
    private final Region region;
    private long step;
    private List<Span> window = Span.ALL;
    private long min;
    private long max;
    private GfnSet allowed = GfnSet.all();

    Bounds(Region region) {
      this.region = region;
      step = region.alignment().frames();
      min = region.length().min();
      max = region.length().max();
    }

    void take(Rule rule) {
      if (rule instanceof Rule.Pinned pinned) {
        window = Span.cut(window, pinned.start(), pinned.start());
      } else if (rule instanceof Rule.Within within) {
        allowed = allowed.intersection(within.allowed());
      } else if (rule instanceof Rule.Aligned aligned) {
        takeStep(aligned.alignment().frames());
      } else if (rule instanceof Rule.Sized sized) {
        min = Math.max(min, sized.min());
        max = Math.min(max, sized.max());
      } else if (rule instanceof Rule.OnGrid grid && grid.edge().side() == Edge.Side.START) {
        takeStep(grid.step());
      }
    }

    /** Both steps hold when their least common multiple does; beyond the space only 0 is left. */
    void takeStep(long other) {
      long a = step;
      long b = other;
      while (b != 0) {
        long rest = a % b;
        a = b;
        b = rest;
      }
      long factor = other / a;
      step = step > Gfn.LIMIT / factor ? Gfn.LIMIT + 1 : step * factor;
    }

    Room room() {
      return Room.of(region, step, window, min, max, allowed);
    }
  }
}
