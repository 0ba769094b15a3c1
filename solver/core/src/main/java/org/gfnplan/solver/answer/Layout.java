package org.gfnplan.solver.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;

/**
 * A start and a length for every region, in the order of the problem's regions.
 *
 * @param placements one for each region
 * @param givenUp the preferred statements that do not hold, in the order of the problem
 */
public record Layout(List<Placement> placements, List<Statement> givenUp) implements Answer {
  public Layout {
    placements = List.copyOf(placements);
    givenUp = List.copyOf(givenUp);
  }

  /** The placement of the region of this name. */
  public Placement of(String name) {
    for (Placement placement : placements) {
      if (placement.region().name().equals(name)) {
        return placement;
      }
    }
    throw new IllegalArgumentException("the layout must hold the region: name=" + name);
  }

  /** The placements by region, for callers that look many up. */
  public Map<Region, Placement> byRegion() {
    Map<Region, Placement> found = new HashMap<>();
    for (Placement placement : placements) {
      found.put(placement.region(), placement);
    }
    return found;
  }

  @Override
  public <T> T fold(
      Function<Layout, T> found, Function<Conflict, T> none, Function<Undecided, T> unknown) {
    return found.apply(this);
  }
}
