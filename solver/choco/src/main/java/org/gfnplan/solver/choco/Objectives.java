package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;

/** The costs of a problem as sums over variables, each bounded by a limit. */
final class Objectives {
  private final Scope scope;
  private final Axis axis;
  private final Spans spans;
  private final Switches switches;
  private final Meter meter;

  /** What the cost is besides its terms. */
  private long offset;

  private List<CostAtMost.Term> terms = new ArrayList<>();

  Objectives(Scope scope, Axis axis, Spans spans, Switches switches, Meter meter) {
    this.scope = scope;
    this.axis = axis;
    this.spans = spans;
    this.switches = switches;
    this.meter = meter;
  }

  /** Posts a bound for each cost that has one. */
  void post(long[] most) throws Impossible {
    switches
        .byStatement()
        .forEach(
            (statement, off) ->
                terms.add(new CostAtMost.Term(off, 0, statement.strength().weight())));
    bound(most[0]);
    List<Preference> preferences = scope.problem.preferences();
    for (int i = 0; i < preferences.size(); i++) {
      // Without a limit a cost says nothing, and switches without a use would only be searched.
      if (most[i + 1] < Long.MAX_VALUE) {
        add(preferences.get(i));
        bound(most[i + 1]);
      }
    }
  }

  private void bound(long most) throws Impossible {
    if (most < Long.MAX_VALUE) {
      long rest = most - offset;
      if (rest < 0) {
        throw new Impossible();
      }
      if (!terms.isEmpty()) {
        new CostAtMost(meter, terms, rest).post();
      }
    }
    terms = new ArrayList<>();
    offset = 0;
  }

  private void add(Preference preference) {
    if (preference instanceof Preference.Near near) {
      near.wishes().forEach(this::addDistance);
    } else if (preference instanceof Preference.Unmoved unmoved) {
      unmoved.wishes().forEach(this::addMove);
    } else if (preference instanceof Preference.Shortest lengths) {
      lengths.regions().forEach(this::addLength);
    } else if (preference instanceof Preference.Whole whole) {
      whole.edges().forEach(edge -> addCut(edge, whole.step()));
    }
  }

  private void addDistance(Preference.Wish wish) {
    Edge edge = wish.edge();
    long low = scope.lowest(edge);
    long high = scope.highest(edge);
    // Beyond where the edge can be, each frame further costs the same for all.
    long inReach = Math.max(low, Math.min(wish.gfn(), high));
    offset += Math.abs(wish.gfn() - inReach);
    if (scope.isOpen(edge.region())) {
      Span span = spans.of(edge.region());
      boolean movesAsOne = edge.side() == Edge.Side.END && span.length().isInstantiated();
      long length = movesAsOne ? span.length().getValue() : 0;
      IntVar at = movesAsOne ? span.start() : span.at(edge.side());
      // A wish within reach is a coordinate; one beyond stands at the first or last place.
      terms.add(new CostAtMost.Term(at, axis.down(inReach) - length, axis.unit()));
    }
  }

  private void addMove(Preference.Wish wish) {
    Edge edge = wish.edge();
    boolean reachable =
        scope.lowest(edge) <= wish.gfn()
            && wish.gfn() <= scope.highest(edge)
            && axis.meets(wish.gfn());
    if (scope.isOpen(edge.region()) && reachable) {
      IntVar at = spans.of(edge.region()).at(edge.side());
      long wanted = axis.down(wish.gfn());
      BoolVar moved = switches.create("moved");
      new Between(meter, moved, at, wanted, wanted).post();
      terms.add(new CostAtMost.Term(moved, 0, 1));
    } else if (scope.isOpen(edge.region()) || scope.lowest(edge) != wish.gfn()) {
      offset++;
    }
  }

  private void addLength(Region region) {
    if (scope.isOpen(region)) {
      terms.add(new CostAtMost.Term(spans.of(region).length(), 0, axis.unit()));
    } else {
      offset += scope.rooms.of(region).min();
    }
  }

  private void addCut(Edge edge, long step) {
    if (scope.isOpen(edge.region())) {
      BoolVar cut = switches.create("cut");
      IntVar at = spans.of(edge.region()).at(edge.side());
      new OnStep(meter, cut, at, axis.step(step)).post();
      terms.add(new CostAtMost.Term(cut, 0, 1));
    } else if (scope.lowest(edge) % step != 0) {
      offset++;
    }
  }
}
