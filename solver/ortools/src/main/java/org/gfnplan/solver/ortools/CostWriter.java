package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;

/** Writes preferences into a model. */
final class CostWriter {
  /** A wish further away than any address can be makes sums of distances overflow. */
  private static final long FARTHEST = 1L << 50;

  private final Model model;
  private final Rooms rooms;
  private final List<Shape> shapes;
  private final RuleWriter rules;

  CostWriter(Model model, Rooms rooms, List<Shape> shapes, RuleWriter rules) {
    this.model = model;
    this.rooms = rooms;
    this.shapes = shapes;
    this.rules = rules;
  }

  /** The weight given up, then every preference, in order. */
  List<Stage> write(List<Preference> preferences, Map<Statement, Literal> holds) {
    List<Stage> stages = new ArrayList<>();
    Stage.Sum weight = new Stage.Sum();
    holds.forEach(
        (statement, literal) -> weight.add(flag(literal.not()), statement.strength().weight()));
    stages.add(weight.build());
    for (Preference preference : preferences) {
      Stage.Sum sum = new Stage.Sum();
      addTo(sum, preference);
      stages.add(sum.build());
    }
    return stages;
  }

  private void addTo(Stage.Sum sum, Preference preference) {
    if (preference instanceof Preference.Near near) {
      for (Preference.Wish wish : near.wishes()) {
        sum.add(distance(at(wish.edge()), wish.gfn()));
      }
    } else if (preference instanceof Preference.Unmoved unmoved) {
      for (Preference.Wish wish : unmoved.wishes()) {
        sum.add(moved(at(wish.edge()), wish.gfn()));
      }
    } else if (preference instanceof Preference.Shortest shortest) {
      for (Region region : shortest.regions()) {
        sum.add(shapes.get(rooms.index(region)).length());
      }
    } else if (preference instanceof Preference.Whole whole) {
      for (Edge edge : whole.edges()) {
        sum.add(broken(edge, whole.step()));
      }
    }
  }

  private static Amount flag(Literal literal) {
    return new Amount(LinearExpr.term(literal, 1), 0, 1);
  }

  /** {@code |address - wish|} when it is minimised. */
  private Amount distance(Amount address, long wish) {
    if (wish < -FARTHEST || wish > FARTHEST) {
      throw new BeyondLimits("a wish lies beyond 2^50");
    }
    long below = wish - address.min();
    long above = address.max() - wish;
    long min = Math.max(0, Math.max(-below, -above));
    Amount distance = model.number(min, Math.max(below, above), "d");
    Amount target = Amount.constant(wish);
    if (above > 0) {
      atLeast(distance, address, target);
    }
    if (below > 0) {
      atLeast(distance, target, address);
    }
    return distance;
  }

  /** {@code distance >= one - other}. */
  private void atLeast(Amount distance, Amount one, Amount other) {
    LinearExpr slack =
        LinearExpr.newBuilder()
            .addTerm(distance.expr(), 1)
            .addTerm(one.expr(), -1)
            .addTerm(other.expr(), 1)
            .build();
    model.between(slack, 0, Model.LIMIT, List.of());
  }

  /** 1 unless the address is at its wish. */
  private Amount moved(Amount address, long wish) {
    if (wish < address.min() || wish > address.max()) {
      return Amount.constant(1);
    }
    if (address.isConstant()) {
      return Amount.constant(0);
    }
    Literal moved = model.literal("u");
    model.between(address.expr(), wish, wish, List.of(moved.not()));
    return flag(moved);
  }

  /** 1 unless {@code step} divides the address. */
  private Amount broken(Edge edge, long step) {
    if (rules.isAlwaysMultiple(edge, step)) {
      return Amount.constant(0);
    }
    if (at(edge).isConstant()) {
      return Amount.constant(1);
    }
    Literal broken = model.literal("v");
    rules.isMultiple(edge, step, List.of(broken.not()));
    return flag(broken);
  }

  private Amount at(Edge edge) {
    return shapes.get(rooms.index(edge.region())).at(edge.side());
  }
}
