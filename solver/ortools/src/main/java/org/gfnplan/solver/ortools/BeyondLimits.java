package org.gfnplan.solver.ortools;

/** Says that a problem needs numbers or a size that cannot be handed to CP-SAT. */
final class BeyondLimits extends RuntimeException {
  BeyondLimits(String reason) {
    super(reason, null, false, false);
  }
}
