package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Which rules hold for given places: what a backend's solution is worth, by the placements alone
 * and not by what its solver says of its own variables.
 */
public final class Meaning {
  private final Map<Region, Placement> placed;

  /** The places to judge rules by; rules over other regions cannot be asked about. */
  public Meaning(List<Placement> placements) {
    placed = placements.stream().collect(Collectors.toMap(Placement::region, Function.identity()));
  }

  /**
   * The layout of these places, with the preferred statements that do not hold.
   *
   * @throws IllegalStateException if a required rule does not hold, which is a bug of the backend
   */
  public static Layout layout(Problem problem, List<Placement> placements) {
    Meaning meaning = new Meaning(placements);
    Set<Statement> broken = new LinkedHashSet<>();
    for (Rule rule : problem.rules()) {
      if (!meaning.holds(rule)) {
        if (rule.statement().strength().isRequired()) {
          throw new IllegalStateException(
              "a solution must respect every required rule: statement=%s placements=%s"
                  .formatted(rule.statement().id(), placements));
        }
        broken.add(rule.statement());
      }
    }
    List<Statement> givenUp = new ArrayList<>();
    for (Statement statement : problem.statements()) {
      if (broken.contains(statement)) {
        givenUp.add(statement);
      }
    }
    return new Layout(placements, givenUp);
  }

  /** Whether a rule over placed regions holds. */
  public boolean holds(Rule rule) {
    if (rule instanceof Rule.Pinned pinned) {
      return of(pinned.region()).start() == pinned.start();
    }
    if (rule instanceof Rule.Within within) {
      GfnRange range = of(within.region()).range();
      return range == null || within.allowed().contains(range);
    }
    if (rule instanceof Rule.Aligned aligned) {
      return aligned.alignment().accepts(of(aligned.region()).start());
    }
    if (rule instanceof Rule.Sized sized) {
      long length = of(sized.region()).length();
      return sized.min() <= length && length <= sized.max();
    }
    if (rule instanceof Rule.Apart apart) {
      GfnRange range = of(apart.region()).range();
      return range == null || apart.others().stream().noneMatch(other -> meets(range, other));
    }
    if (rule instanceof Rule.TotalLength total) {
      return total.summands().stream().mapToLong(r -> counted(of(r), total.except())).sum()
          == total.frames();
    }
    if (rule instanceof Rule.SameEdge same) {
      return of(same.one().region()).at(same.one().side())
          == of(same.other().region()).at(same.other().side());
    }
    if (rule instanceof Rule.OnGrid grid) {
      return of(grid.edge().region()).at(grid.edge().side()) % grid.step() == 0;
    }
    if (rule instanceof Rule.Inside inside) {
      GfnRange range = of(inside.region()).range();
      GfnRange outer = of(inside.container()).range();
      return range == null || (outer != null && outer.contains(range));
    }
    return holds((Rule.Follows) rule);
  }

  private boolean holds(Rule.Follows follows) {
    List<Region> chain = follows.chain();
    long last = of(chain.get(chain.size() - 1)).start();
    for (Region region : chain) {
      last = of(region).isEmpty() ? last : of(region).end();
    }
    return of(follows.region()).start() == Gfn.roundUp(last, follows.alignment().frames());
  }

  private boolean meets(GfnRange range, Region other) {
    GfnRange taken = of(other).range();
    return taken != null && taken.overlaps(range);
  }

  /** The frames of a place that are not in {@code except}. */
  public static long counted(Placement placement, GfnSet except) {
    GfnRange range = placement.range();
    return range == null ? 0 : range.length() - except.overlapSize(range);
  }

  private Placement of(Region region) {
    Placement placement = placed.get(region);
    if (placement == null) {
      throw new IllegalArgumentException("the region must be placed: " + region.name());
    }
    return placement;
  }
}
