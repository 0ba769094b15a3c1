package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** A variable lies between two numbers. */
final class Between extends Filter {
  private final IntVar variable;
  private final long min;
  private final long max;

  Between(Meter meter, @Nullable BoolVar off, IntVar variable, long min, long max) {
    super(meter, off, List.of(variable));
    this.variable = variable;
    this.min = min;
    this.max = max;
  }

  @Override
  boolean isPossible() {
    return variable.getLB() <= max && min <= variable.getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    return raise(variable, min) || lower(variable, max);
  }
}
