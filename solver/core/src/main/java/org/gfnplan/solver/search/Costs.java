package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;

/** What a layout costs, by the preferences of its problem. */
public final class Costs {
  private Costs() {}

  /** The weight given up, then one number for each preference of the problem. */
  public static List<Long> of(Problem problem, Layout layout) {
    List<Long> costs = new ArrayList<>();
    long weight = 0;
    for (Statement statement : layout.givenUp()) {
      weight += statement.strength().weight();
    }
    costs.add(weight);
    Map<Region, Placement> placed = layout.byRegion();
    for (Preference preference : problem.preferences()) {
      costs.add(cost(preference, placed));
    }
    return costs;
  }

  private static long cost(Preference preference, Map<Region, Placement> placed) {
    long sum = 0;
    if (preference instanceof Preference.Near near) {
      for (Preference.Wish wish : near.wishes()) {
        sum += Math.abs(address(wish.edge(), placed) - wish.gfn());
      }
    } else if (preference instanceof Preference.Unmoved unmoved) {
      for (Preference.Wish wish : unmoved.wishes()) {
        sum += address(wish.edge(), placed) == wish.gfn() ? 0 : 1;
      }
    } else if (preference instanceof Preference.Shortest lengths) {
      for (Region region : lengths.regions()) {
        sum += place(region, placed).length();
      }
    } else if (preference instanceof Preference.Whole whole) {
      for (Edge edge : whole.edges()) {
        sum += address(edge, placed) % whole.step() == 0 ? 0 : 1;
      }
    }
    return sum;
  }

  private static long address(Edge edge, Map<Region, Placement> placed) {
    return place(edge.region(), placed).at(edge.side());
  }

  private static Placement place(Region region, Map<Region, Placement> placed) {
    Placement placement = placed.get(region);
    if (placement == null) {
      throw new IllegalArgumentException(
          "the layout must place every region: region=" + region.name());
    }
    return placement;
  }
}
