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
  private final List<Room> rooms = new ArrayList<>();
  private final Map<Region, Integer> index = new HashMap<>();

  /** The rooms that the required rules leave, or an exception when one of them has no place. */
  Rooms(Problem problem) throws Impossible {
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
    List<Rule.Apart> aparts = new ArrayList<>();
    for (Rule rule : problem.rules()) {
      if (!rule.statement().strength().isRequired()) {
        continue;
      }
      if (rule instanceof Rule.Apart apart) {
        aparts.add(apart);
      } else {
        narrow(rule);
      }
    }
    for (int i = 0; i < rooms.size(); i++) {
      rooms.set(i, rooms.get(i).tight());
    }
    keepOff(aparts);
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
      rooms.set(
          indexOf(old.region()),
          new Room(old.region(), old.min(), old.max(), old.step(), start, start, old.allowed()));
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
    rooms.set(
        indexOf(old.region()),
        new Room(old.region(), min, max, step, old.first(), old.last(), allowed));
  }

  /**
   * Takes the frames that a fixed region is sure to use from all that must keep clear of it, until
   * nothing changes. Each round fixes at least one more region, or is the last.
   */
  private void keepOff(List<Rule.Apart> aparts) throws Impossible {
    boolean again = true;
    while (again) {
      again = false;
      for (Rule.Apart apart : aparts) {
        for (Region other : apart.others()) {
          again |= keepOff(of(apart.region()), of(other));
          again |= keepOff(of(other), of(apart.region()));
        }
      }
    }
  }

  private boolean keepOff(Room room, Room fixed) throws Impossible {
    if (!fixed.isPinned() || fixed.min() == 0 || room.max() == 0) {
      return false;
    }
    GfnRange taken = GfnRange.at(fixed.first(), fixed.min());
    if (!room.allowed().overlaps(taken)) {
      return false;
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
    rooms.set(indexOf(room.region()), less.tight());
    return true;
  }
}
