package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.IntVar;

/** The end is the start plus a length that is not fixed. */
final class Stretch extends Filter {
  private final IntVar start;
  private final IntVar length;
  private final IntVar end;

  Stretch(Meter meter, IntVar start, IntVar length, IntVar end) {
    super(meter, null, List.of(start, length, end));
    this.start = start;
    this.length = length;
    this.end = end;
  }

  @Override
  boolean isPossible() {
    return (long) start.getLB() + length.getLB() <= end.getUB()
        && end.getLB() <= (long) start.getUB() + length.getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    return raise(end, (long) start.getLB() + length.getLB())
        || lower(end, (long) start.getUB() + length.getUB())
        || raise(start, (long) end.getLB() - length.getUB())
        || lower(start, (long) end.getUB() - length.getLB())
        || raise(length, (long) end.getLB() - start.getUB())
        || lower(length, (long) end.getUB() - start.getLB());
  }
}
