package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** A region lies between the edges of another one, unless it is empty. */
final class Nested extends Filter {
  private final Span inner;
  private final Span outer;

  Nested(Meter meter, @Nullable BoolVar off, Span inner, Span outer) {
    super(meter, off, scope(inner, outer));
    this.inner = inner;
    this.outer = outer;
  }

  private static List<IntVar> scope(Span inner, Span outer) {
    List<IntVar> vars = new ArrayList<>(inner.vars());
    vars.addAll(outer.vars());
    return vars;
  }

  @Override
  boolean isPossible() {
    return !inner.isNeverEmpty() || fits();
  }

  /** Whether the region may lie in the other one, if it is not empty. */
  private boolean fits() {
    long from = inner.startFrom(outer.start().getLB());
    long until = Math.min(inner.end().getUB(), outer.end().getUB());
    return from <= inner.start().getUB()
        && inner.end().getLB() <= until
        && from + inner.least() <= until
        && inner.least() <= outer.length().getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    if (inner.length().getUB() == 0) {
      return false;
    }
    if (!inner.isNeverEmpty()) {
      return lower(inner.length(), fits() ? outer.length().getUB() : 0);
    }
    return raise(inner.start(), outer.start().getLB())
        || lower(inner.end(), outer.end().getUB())
        || lower(inner.length(), outer.length().getUB())
        || lower(outer.start(), inner.start().getUB())
        || raise(outer.end(), inner.end().getLB())
        || raise(outer.length(), inner.length().getLB());
  }
}
