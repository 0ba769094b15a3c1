package org.gfnplan.solver.choco;

import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.testing.BackendContract;

class ChocoBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new ChocoBackend();
  }

  @Override
  protected double decidedShare() {
    return 1.0;
  }
}
