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
  /** Sums over wishes at most this far away do not wrap a long. */
  private static final long FARTHEST = 1L << 48;

  final Problem problem;
  final Rooms rooms;

  /** Whether preferred statements and preferences count. */
  final boolean costs;

  /** The rules that the rooms do not say in full, in the order of the problem. */
  final List<Rule> rules = new ArrayList<>();

  /** The part that layouts of at most these costs are in; no bounds but when costs count. */
  Scope(Problem problem, boolean costs, long[] mostCosts) throws Impossible {
    this.problem = problem;
    this.costs = costs;
    for (Preference preference : costs ? problem.preferences() : List.<Preference>of()) {
      for (Preference.Wish wish : wishes(preference)) {
        if (wish.gfn() < -FARTHEST || wish.gfn() > FARTHEST) {
          throw DoesNotFit.because("the distance of a wish at %d".formatted(wish.gfn()));
        }
      }
    }
    this.rooms = new Rooms(problem, mostCosts);
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

  private static List<Preference.Wish> wishes(Preference preference) {
    if (preference instanceof Preference.Near near) {
      return near.wishes();
    }
    return preference instanceof Preference.Unmoved unmoved ? unmoved.wishes() : List.of();
  }

  /** The wishes about edges that are still open; none when costs do not count. */
  List<Preference.Wish> openWishes(Preference preference) {
    return costs
        ? wishes(preference).stream().filter(wish -> isOpen(wish.edge().region())).toList()
        : List.of();
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
