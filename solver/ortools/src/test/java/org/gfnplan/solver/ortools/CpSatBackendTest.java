package org.gfnplan.solver.ortools;

import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.testing.BackendContract;

/** CP-SAT decides everything that is tiny. */
class CpSatBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new CpSatBackend();
  }

  @Override
  protected double decidedShare() {
    return 1.0;
  }
}
