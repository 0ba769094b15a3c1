package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** An edge is a multiple of a step. */
final class OnStep extends Filter {
  private final IntVar edge;
  private final long step;

  OnStep(Meter meter, @Nullable BoolVar off, IntVar edge, long step) {
    super(meter, off, List.of(edge));
    this.edge = edge;
    this.step = step;
  }

  @Override
  boolean isPossible() {
    return Gfn.roundUp(edge.getLB(), step) <= edge.getUB();
  }

  @Override
  boolean narrow() throws ContradictionException {
    return raise(edge, Gfn.roundUp(edge.getLB(), step))
        || lower(edge, Gfn.roundDown(edge.getUB(), step));
  }
}
