package org.gfnplan.solver.choco;

import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.jspecify.annotations.Nullable;

/** A region holds all of a range. */
final class Around extends Filter {
  private final Span span;
  private final long start;
  private final long end;

  Around(Meter meter, @Nullable BoolVar off, Span span, long start, long end) {
    super(meter, off, span.vars());
    this.span = span;
    this.start = start;
    this.end = end;
  }

  @Override
  boolean isPossible() {
    return span.start().getLB() <= start
        && end <= span.end().getUB()
        && end - start <= span.length().getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    return lower(span.start(), start) || raise(span.end(), end);
  }
}
