package org.gfnplan.solver.choco;

import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;

/** What a bound on a cost leaves to the rooms of the regions that it is a sum over. */
final class RoomCosts {
  /*
   * A region adds at most what the bound leaves when each of the others adds the least it can. That
   * keeps a region that may be of any length, or an edge that may be anywhere, near enough for 32
   * bit once its cost is known.
   */
  private RoomCosts() {}

  static void bound(Rooms rooms, Preference preference, long most) throws Impossible {
    if (preference instanceof Preference.Near near) {
      boundDistance(rooms, near.wishes(), most);
    } else if (preference instanceof Preference.Unmoved unmoved) {
      boundMoves(rooms, unmoved.wishes(), most);
    } else if (preference instanceof Preference.Shortest shortest) {
      boundLength(rooms, shortest.regions(), most);
    }
  }

  private static void boundLength(Rooms rooms, List<Region> regions, long most) throws Impossible {
    long rest = most;
    for (Region region : regions) {
      rest -= rooms.of(region).min();
    }
    for (Region region : regions) {
      Room room = rooms.of(region);
      rooms.put(room.sized(0, room.min() + atLeastNone(rest)));
    }
  }

  private static void boundDistance(Rooms rooms, List<Preference.Wish> wishes, long most)
      throws Impossible {
    long rest = most;
    for (Preference.Wish wish : wishes) {
      rest -= distance(rooms, wish);
    }
    atLeastNone(rest);
    for (Preference.Wish wish : wishes) {
      long away = distance(rooms, wish) + rest;
      keep(rooms, wish.edge(), wish.gfn() - away, wish.gfn() + away);
    }
  }

  private static void boundMoves(Rooms rooms, List<Preference.Wish> wishes, long most)
      throws Impossible {
    long rest = most;
    for (Preference.Wish wish : wishes) {
      rest -= distance(rooms, wish) > 0 ? 1 : 0;
    }
    if (atLeastNone(rest) > 0) {
      return;
    }
    for (Preference.Wish wish : wishes) {
      if (distance(rooms, wish) == 0) {
        keep(rooms, wish.edge(), wish.gfn(), wish.gfn());
      }
    }
  }

  private static long atLeastNone(long rest) throws Impossible {
    if (rest < 0) {
      throw new Impossible();
    }
    return rest;
  }

  /** How far an edge is from its wish at least. */
  private static long distance(Rooms rooms, Preference.Wish wish) {
    Room room = rooms.of(wish.edge().region());
    long low = room.lowest(wish.edge().side());
    long high = room.highest(wish.edge().side());
    return Math.max(0, Math.max(low - wish.gfn(), wish.gfn() - high));
  }

  private static void keep(Rooms rooms, Edge edge, long low, long high) throws Impossible {
    rooms.put(rooms.of(edge.region()).between(edge.side(), low, high));
  }
}
