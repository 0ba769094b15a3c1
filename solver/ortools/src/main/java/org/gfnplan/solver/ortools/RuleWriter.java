package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;

/** Writes rules into a model: {@code solver/DESIGN.md} as constraints. */
final class RuleWriter {
  private final Model model;
  private final Rooms rooms;
  private final List<Shape> shapes;
  private final ApartRules apart;
  private final Counted counted;

  RuleWriter(Model model, Rooms rooms, List<Shape> shapes, ApartRules apart) {
    this.model = model;
    this.rooms = rooms;
    this.shapes = shapes;
    this.apart = apart;
    counted = new Counted(model);
  }

  /** Writes what {@link Rooms} does not know yet of a required rule. */
  void addRequired(Rule rule) {
    if (rule instanceof Rule.TotalLength
        || rule instanceof Rule.SameEdge
        || rule instanceof Rule.Follows
        || rule instanceof Rule.Inside) {
      add(rule, List.of());
    } else if (rule instanceof Rule.OnGrid grid && grid.edge().side() == Edge.Side.END) {
      add(rule, List.of());
    }
  }

  /** Writes that a rule holds while all of {@code when} hold. */
  void add(Rule rule, List<Literal> when) {
    if (rule instanceof Rule.Pinned pinned) {
      model.between(shape(pinned.region()).start().expr(), pinned.start(), pinned.start(), when);
    } else if (rule instanceof Rule.Within within) {
      shape(within.region()).liesIn(within.allowed(), when);
    } else if (rule instanceof Rule.Aligned aligned) {
      isMultiple(aligned.region().start(), aligned.alignment().frames(), when);
    } else if (rule instanceof Rule.Sized sized) {
      model.between(shape(sized.region()).length().expr(), sized.min(), sized.max(), when);
    } else if (rule instanceof Rule.Apart pairs) {
      for (Region other : pairs.others()) {
        apart.add(rooms.index(pairs.region()), rooms.index(other), when);
      }
    } else if (rule instanceof Rule.TotalLength total) {
      add(total, when);
    } else if (rule instanceof Rule.SameEdge same) {
      model.difference(at(same.one()), at(same.other()), 0, 0, when);
    } else if (rule instanceof Rule.OnGrid grid) {
      isMultiple(grid.edge(), grid.step(), when);
    } else if (rule instanceof Rule.Inside inside) {
      add(inside, when);
    } else {
      add((Rule.Follows) rule, when);
    }
  }

  private void add(Rule.Inside inside, List<Literal> when) {
    Shape inner = shape(inside.region());
    Shape outer = shape(inside.container());
    if (!inner.room().isAlwaysEmpty()) {
      List<Literal> always = inner.whenPresent(when);
      model.difference(inner.start(), outer.start(), 0, Model.LIMIT, always);
      model.difference(outer.end(), inner.end(), 0, Model.LIMIT, always);
    }
  }

  /** Whether {@code step} divides an edge in every layout. */
  boolean isAlwaysMultiple(Edge edge, long step) {
    Amount amount = at(edge);
    return amount.isConstant()
        ? amount.min() % step == 0
        : edge.side() == Edge.Side.START && shape(edge.region()).room().step() % step == 0;
  }

  /** {@code step} divides an edge while all of {@code when} hold. */
  void isMultiple(Edge edge, long step, List<Literal> when) {
    if (isAlwaysMultiple(edge, step)) {
      return;
    }
    Amount amount = at(edge);
    if (Math.floorMod(-amount.min(), step) > amount.max() - amount.min()) {
      model.never(when);
      return;
    }
    Amount multiple = model.multiple(step, amount.min(), amount.max(), "m");
    model.difference(amount, multiple, 0, 0, when);
  }

  private void add(Rule.TotalLength total, List<Literal> when) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Region region : total.summands()) {
      counted.addTo(sum, shape(region), total.except());
    }
    model.between(sum, total.frames(), total.frames(), when);
  }

  private void add(Rule.Follows follows, List<Literal> when) {
    Amount start = shape(follows.region()).start();
    long step = follows.alignment().frames();
    isMultiple(follows.region().start(), step, when);
    // From the last region of the chain down: it decides while all after it are empty.
    List<Literal> restIsEmpty = new ArrayList<>(when);
    List<Region> chain = follows.chain();
    for (int i = chain.size() - 1; i >= 0; i--) {
      Shape shape = shape(chain.get(i));
      if (shape.room().isAlwaysEmpty()) {
        continue;
      }
      model.difference(start, shape.end(), 0, step - 1, shape.whenPresent(restIsEmpty));
      Literal present = shape.present();
      if (present == null) {
        return;
      }
      restIsEmpty.add(present.not());
    }
    Amount fallback = shape(chain.get(chain.size() - 1)).start();
    model.difference(start, fallback, 0, step - 1, restIsEmpty);
  }

  private Amount at(Edge edge) {
    return shape(edge.region()).at(edge.side());
  }

  private Shape shape(Region region) {
    return shapes.get(rooms.index(region));
  }
}
