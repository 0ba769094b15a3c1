package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** Two edges are one address. */
final class SameValue extends Filter {
  private final IntVar one;
  private final IntVar other;

  SameValue(Meter meter, @Nullable BoolVar off, IntVar one, IntVar other) {
    super(meter, off, List.of(one, other));
    this.one = one;
    this.other = other;
  }

  @Override
  boolean isPossible() {
    return one.getLB() <= other.getUB() && other.getLB() <= one.getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    return raise(one, other.getLB())
        || raise(other, one.getLB())
        || lower(one, other.getUB())
        || lower(other, one.getUB());
  }
}
