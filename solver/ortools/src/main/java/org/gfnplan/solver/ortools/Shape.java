package org.gfnplan.solver.ortools;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** A region in the model: its start, length and end, and whether it has a frame. */
final class Shape {
  /*
   * start = step * k, without a constraint. The length is a variable only when it may vary, the end
   * only when neither start nor length is constant: an interval takes one variable in each place.
   *
   * An interval of size 0 inside a fixed interval makes addNoOverlap infeasible, but an empty
   * region may lie anywhere. So a region that may be empty has a literal: present iff length >= 1.
   */
  private final Model model;
  private final Room room;
  private final String name;
  private final Amount start;
  private final Amount length;
  private final Amount end;
  private final @Nullable Literal present;
  private @Nullable IntervalVar interval;

  Shape(Model model, Room room, int index) {
    this.model = model;
    this.room = room;
    name = "r" + index;
    start = startOf();
    length = model.number(room.minLength(), room.maxLength(), name + "l");
    end = endOf();
    present = room.mayBeEmpty() && !room.isAlwaysEmpty() ? model.literal(name + "p") : null;
    if (present != null) {
      model.between(length.expr(), 1, room.maxLength(), List.of(present));
      model.between(length.expr(), 0, 0, List.of(present.not()));
    }
    if (present != null || !room.hasFixedLength()) {
      liesIn(GfnSet.of(room.pieces()), List.of());
    }
  }

  private Amount startOf() {
    long first = room.firstStart();
    long last = room.lastStart();
    if (first == last) {
      return Amount.constant(first);
    }
    IntVar variable = model.variable(room.starts(), room.step(), name + "s");
    return new Amount(LinearExpr.term(variable, room.step()), first, last);
  }

  private Amount endOf() {
    if (length.isConstant()) {
      return plus(start, length.min());
    }
    if (start.isConstant()) {
      return plus(length, start.min());
    }
    long min = start.min() + length.min();
    Amount sum = model.number(min, Math.min(Gfn.LIMIT, start.max() + length.max()), name + "e");
    model.between(
        LinearExpr.newBuilder()
            .addTerm(start.expr(), 1)
            .addTerm(length.expr(), 1)
            .addTerm(sum.expr(), -1),
        0,
        0,
        List.of());
    return sum;
  }

  private static Amount plus(Amount amount, long constant) {
    return new Amount(
        LinearExpr.newBuilder().addTerm(amount.expr(), 1).add(constant).build(),
        amount.min() + constant,
        amount.max() + constant);
  }

  Room room() {
    return room;
  }

  Amount start() {
    return start;
  }

  Amount length() {
    return length;
  }

  Amount end() {
    return end;
  }

  Amount at(Edge.Side side) {
    return side == Edge.Side.START ? start : end;
  }

  /** Holds iff the region has a frame; null when it always has one, or never: ask the room. */
  @Nullable Literal present() {
    return present;
  }

  /** The literals that hold when the region has a frame, added to {@code when}. */
  List<Literal> whenPresent(Collection<? extends Literal> when) {
    List<Literal> both = new ArrayList<>(when);
    if (present != null) {
      both.add(present);
    }
    return both;
  }

  /** The region as an interval, which is absent when it is empty; never asked when always empty. */
  IntervalVar interval() {
    if (interval == null) {
      interval = newInterval();
    }
    return interval;
  }

  private IntervalVar newInterval() {
    if (length.isConstant()) {
      return model.cp().newFixedSizeIntervalVar(start.expr(), length.min(), name);
    }
    if (present == null) {
      return model.cp().newIntervalVar(start.expr(), length.expr(), end.expr(), name);
    }
    return model
        .cp()
        .newOptionalIntervalVar(start.expr(), length.expr(), end.expr(), present, name);
  }

  /** Every frame of the region is in {@code allowed} while all of {@code when} hold. */
  void liesIn(GfnSet allowed, Collection<? extends Literal> when) {
    if (room.isAlwaysEmpty()) {
      return;
    }
    List<Literal> always = whenPresent(when);
    if (length.isConstant()) {
      List<Span> starts = new ArrayList<>();
      for (GfnRange range : allowed.ranges()) {
        if (range.length() >= length.min()) {
          starts.add(new Span(range.start(), range.end() - length.min()));
        }
      }
      model.oneOf(start, starts, always);
      return;
    }
    List<GfnRange> pieces = allowed.ranges().stream().filter(this::mayLieIn).toList();
    List<Literal> chosen = new ArrayList<>();
    for (GfnRange piece : pieces) {
      List<Literal> here = always;
      if (pieces.size() > 1) {
        Literal literal = model.literal(name + "w");
        chosen.add(literal);
        here = List.of(literal);
      }
      if (start.min() < piece.start()) {
        model.between(start.expr(), piece.start(), start.max(), here);
      }
      if (end.max() > piece.end()) {
        model.between(end.expr(), end.min(), piece.end(), here);
      }
    }
    if (pieces.size() != 1) {
      model.clause(chosen, always);
    }
  }

  private boolean mayLieIn(GfnRange piece) {
    long from = Math.max(start.min(), piece.start());
    long to = Math.min(end.max(), piece.end());
    return to - from >= Math.max(1, length.min()) && from <= start.max();
  }
}
