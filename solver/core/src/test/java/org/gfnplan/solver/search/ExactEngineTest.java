package org.gfnplan.solver.search;

import org.gfnplan.solver.testing.BackendContract;

class ExactEngineTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new ExactEngine();
  }

  @Override
  protected double decidedShare() {
    return 1.0;
  }
}
