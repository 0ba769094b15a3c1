package org.gfnplan.solver.ortools;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** Which statements hold, by the placements alone and not by what CP-SAT says of its literals. */
final class Verdict {
  private final Map<Region, Placement> placed = new HashMap<>();

  private Verdict(List<Placement> placements) {
    for (Placement placement : placements) {
      placed.put(placement.region(), placement);
    }
  }

  /**
   * The layout of these placements, with the preferred statements that do not hold.
   *
   * @throws IllegalStateException if a required rule does not hold, which is a bug
   */
  static Layout layout(Problem problem, List<Placement> placements) {
    Verdict verdict = new Verdict(placements);
    Set<Statement> broken = new HashSet<>();
    for (Rule rule : problem.rules()) {
      if (!verdict.holds(rule)) {
        if (rule.statement().strength().isRequired()) {
          throw new IllegalStateException(
              "cp-sat broke a required rule: statement=" + rule.statement().id());
        }
        broken.add(rule.statement());
      }
    }
    List<Statement> givenUp = problem.statements().stream().filter(broken::contains).toList();
    return new Layout(placements, givenUp);
  }

  private boolean holds(Rule rule) {
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
      GfnRange mine = of(apart.region()).range();
      return mine == null
          || apart.others().stream()
              .map(other -> of(other).range())
              .noneMatch(range -> range != null && range.overlaps(mine));
    }
    if (rule instanceof Rule.TotalLength total) {
      return frames(total) == total.frames();
    }
    if (rule instanceof Rule.SameEdge same) {
      return at(same.one()) == at(same.other());
    }
    if (rule instanceof Rule.OnGrid grid) {
      return at(grid.edge()) % grid.step() == 0;
    }
    return holds((Rule.Follows) rule);
  }

  private long frames(Rule.TotalLength total) {
    long sum = 0;
    for (Region region : total.summands()) {
      GfnRange range = of(region).range();
      sum += range == null ? 0 : range.length() - total.except().overlapSize(range);
    }
    return sum;
  }

  private boolean holds(Rule.Follows follows) {
    List<Region> chain = follows.chain();
    long due = of(chain.get(chain.size() - 1)).start();
    for (Region region : chain) {
      due = of(region).isEmpty() ? due : of(region).end();
    }
    return of(follows.region()).start() == Gfn.roundUp(due, follows.alignment().frames());
  }

  private long at(Edge edge) {
    return of(edge.region()).at(edge.side());
  }

  private Placement of(Region region) {
    Placement placement = placed.get(region);
    if (placement == null) {
      throw new IllegalArgumentException("the region must be placed: " + region.name());
    }
    return placement;
  }
}
