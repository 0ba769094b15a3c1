package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;

/** The part of a problem that a goal looks at, less what the rooms already say. */
final class Scope {
  final Problem problem;
  final Rooms rooms;

  /** Whether preferred statements and preferences count. */
  final boolean costs;

  /** The rules that the rooms do not say in full, in the order of the problem. */
  final List<Rule> rules = new ArrayList<>();

  Scope(Problem problem, boolean costs) throws Impossible {
    this.problem = problem;
    this.costs = costs;
    this.rooms = new Rooms(problem);
    for (Rule rule : problem.rules()) {
      boolean required = rule.statement().strength().isRequired();
      if (required ? !isInRooms(rule) : costs) {
        rules.add(rule);
      }
    }
  }

  private static boolean isInRooms(Rule rule) {
    return rule instanceof Rule.Pinned
        || rule instanceof Rule.Within
        || rule instanceof Rule.Aligned
        || rule instanceof Rule.Sized
        || (rule instanceof Rule.OnGrid grid && grid.edge().side() == Edge.Side.START);
  }

  /** Whether there is something to decide about this region. */
  boolean isOpen(Region region) {
    return !rooms.of(region).isConstant();
  }

  boolean isAnyOpen(List<Region> regions) {
    return regions.stream().anyMatch(this::isOpen);
  }

  /** The wishes about edges that are still open. */
  List<Preference.Wish> openWishes(Preference preference) {
    List<Preference.Wish> all = List.of();
    if (!costs) {
      return all;
    }
    if (preference instanceof Preference.Near near) {
      all = near.wishes();
    } else if (preference instanceof Preference.Unmoved unmoved) {
      all = unmoved.wishes();
    }
    return all.stream().filter(wish -> isOpen(wish.edge().region())).toList();
  }

  /** The lowest address this edge can have by its room. */
  long lowest(Edge edge) {
    return rooms.of(edge.region()).lowest(edge.side());
  }

  /** The highest address this edge can have by its room. */
  long highest(Edge edge) {
    return rooms.of(edge.region()).highest(edge.side());
  }
}
