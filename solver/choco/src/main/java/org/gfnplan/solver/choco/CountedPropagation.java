package org.gfnplan.solver.choco;

import org.chocosolver.solver.Model;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.propagation.PropagationEngine;

/** Choco's propagation, stopped when the budget is spent. */
final class CountedPropagation extends PropagationEngine {
  private final Meter meter;

  CountedPropagation(Model model, Meter meter) {
    super(model);
    this.meter = meter;
  }

  @Override
  protected void propagateEvents() throws ContradictionException {
    meter.tickOrStop();
    super.propagateEvents();
  }
}
