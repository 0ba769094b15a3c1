package org.gfnplan.solver.choco;

import java.util.ArrayList;
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

/** The room of every region: the rules about one region, and those that keep it off fixed ones. */
final class Rooms {
  private static final int MOST_ROUNDS = 16;

  private final List<Room> rooms = new ArrayList<>();
  private final Map<Region, Integer> index = new HashMap<>();

  /**
   * The rooms that the required rules leave to layouts that cost at most so much, or an exception
   * when one of them has no place.
   */
  Rooms(Problem problem, long[] mostCosts) throws Impossible {
    for (Region region : problem.regions()) {
      index.put(region, rooms.size());
      rooms.add(
          new Room(
              region,
              region.length().min(),
              region.length().max(),
              region.alignment().frames(),
              0,
              Gfn.LIMIT,
              GfnSet.all()));
    }
    List<Rule> required =
        problem.rules().stream().filter(rule -> rule.statement().strength().isRequired()).toList();
    for (Rule rule : required) {
      narrow(rule);
    }
    for (int i = 0; i < rooms.size(); i++) {
      rooms.set(i, rooms.get(i).tight());
    }
    // Each round is sound, and so is stopping after any; most problems need two.
    List<Room> before = List.of();
    for (int round = 0; round < MOST_ROUNDS && !before.equals(rooms); round++) {
      before = List.copyOf(rooms);
      for (Rule rule : required) {
        relate(rule);
      }
      for (int i = 1; i < mostCosts.length; i++) {
        if (mostCosts[i] < Long.MAX_VALUE) {
          RoomCosts.bound(this, problem.preferences().get(i - 1), mostCosts[i]);
        }
      }
    }
  }

  /** In the order of the regions. */
  List<Room> all() {
    return rooms;
  }

  Room of(Region region) {
    return rooms.get(indexOf(region));
  }

  int indexOf(Region region) {
    Integer at = index.get(region);
    if (at == null) {
      throw new IllegalArgumentException("the region must be in the problem: " + region.name());
    }
    return at;
  }

  private void narrow(Rule rule) throws Impossible {
    if (rule instanceof Rule.Pinned pinned) {
      Room old = of(pinned.region());
      long start = pinned.start();
      if (start < old.first() || start > old.last()) {
        throw new Impossible();
      }
      put(new Room(old.region(), old.min(), old.max(), old.step(), start, start, old.allowed()));
    } else if (rule instanceof Rule.Within within) {
      Room old = of(within.region());
      GfnSet both = old.allowed().intersection(within.allowed());
      set(old, old.min(), old.max(), old.step(), both);
    } else if (rule instanceof Rule.Aligned aligned) {
      align(aligned.region(), aligned.alignment().frames());
    } else if (rule instanceof Rule.OnGrid grid && grid.edge().side() == Edge.Side.START) {
      align(grid.edge().region(), grid.step());
    } else if (rule instanceof Rule.Follows follows) {
      align(follows.region(), follows.alignment().frames());
    } else if (rule instanceof Rule.Sized sized) {
      Room old = of(sized.region());
      long min = Math.max(old.min(), sized.min());
      set(old, min, Math.min(old.max(), sized.max()), old.step(), old.allowed());
    } else if (rule instanceof Rule.TotalLength total) {
      for (Region region : total.summands()) {
        Room old = of(region);
        long most = Math.min(old.max(), total.frames() + total.except().size());
        set(old, old.min(), most, old.step(), old.allowed());
      }
    }
  }

  private void align(Region region, long step) {
    Room old = of(region);
    long both = Numbers.lcm(old.step(), step);
    set(old, old.min(), old.max(), both, old.allowed());
  }

  private void set(Room old, long min, long max, long step, GfnSet allowed) {
    put(new Room(old.region(), min, max, step, old.first(), old.last(), allowed));
  }

  /** Narrows rooms by what a rule about several regions says about their bounds. */
  private void relate(Rule rule) throws Impossible {
    if (rule instanceof Rule.Apart apart) {
      for (Region other : apart.others()) {
        keepOff(of(apart.region()), of(other));
        keepOff(of(other), of(apart.region()));
      }
    } else if (rule instanceof Rule.SameEdge same) {
      follow(same.one(), same.other());
      follow(same.other(), same.one());
    } else if (rule instanceof Rule.Follows follows) {
      relate(follows);
    } else if (rule instanceof Rule.TotalLength total && total.except().isEmpty()) {
      relate(total);
    } else if (rule instanceof Rule.Inside inside) {
      relate(inside);
    }
  }

  private void relate(Rule.Inside inside) throws Impossible {
    Room outer = of(inside.container());
    Room inner = of(inside.region());
    put(inner.sized(0, outer.max()));
    if (inner.min() > 0) {
      put(of(inside.region()).between(Edge.Side.START, outer.first(), Gfn.LIMIT));
      put(of(inside.region()).between(Edge.Side.END, 0, outer.highestEnd()));
      put(of(inside.container()).between(Edge.Side.START, 0, inner.last()));
      put(of(inside.container()).between(Edge.Side.END, inner.first() + inner.min(), Gfn.LIMIT));
      put(of(inside.container()).sized(inner.min(), Gfn.LIMIT));
    }
  }

  private void follow(Edge edge, Edge other) throws Impossible {
    Room seen = of(other.region());
    long low = seen.lowest(other.side());
    long high = seen.highest(other.side());
    put(of(edge.region()).between(edge.side(), low, high));
  }

  private void relate(Rule.Follows follows) throws Impossible {
    Room last = of(follows.chain().get(follows.chain().size() - 1));
    boolean allEmpty = follows.chain().stream().allMatch(region -> of(region).min() == 0);
    long low = allEmpty ? last.first() : Long.MAX_VALUE;
    long high = allEmpty ? last.last() : 0;
    for (Region region : follows.chain()) {
      Room room = of(region);
      if (room.min() > 0) {
        // What comes before a region that is never empty is never the last.
        low = Long.MAX_VALUE;
        high = 0;
      }
      if (room.max() > 0) {
        low = Math.min(low, room.lowest(Edge.Side.END));
        high = Math.max(high, room.highest(Edge.Side.END));
      }
    }
    long step = follows.alignment().frames();
    Room room = of(follows.region());
    put(room.between(Edge.Side.START, Gfn.roundUp(low, step), Gfn.roundUp(high, step)));
  }

  private void relate(Rule.TotalLength total) throws Impossible {
    long most = total.summands().stream().mapToLong(region -> of(region).max()).sum();
    long least = total.summands().stream().mapToLong(region -> of(region).min()).sum();
    for (Region region : total.summands()) {
      Room room = of(region);
      long others = least - room.min();
      if (total.frames() < others) {
        throw new Impossible();
      }
      put(room.sized(total.frames() - (most - room.max()), total.frames() - others));
      most += of(region).max() - room.max();
      least += of(region).min() - room.min();
    }
  }

  void put(Room room) {
    rooms.set(indexOf(room.region()), room);
  }

  /** Takes the frames that a fixed region is sure to use from one that must keep clear of it. */
  private void keepOff(Room room, Room fixed) throws Impossible {
    if (!fixed.isPinned() || fixed.min() == 0 || room.max() == 0) {
      return;
    }
    GfnRange taken = GfnRange.at(fixed.first(), fixed.min());
    if (!room.allowed().overlaps(taken)) {
      return;
    }
    Room less =
        new Room(
            room.region(),
            room.min(),
            room.max(),
            room.step(),
            room.first(),
            room.last(),
            room.allowed().minus(GfnSet.of(taken)));
    put(less.tight());
  }
}
