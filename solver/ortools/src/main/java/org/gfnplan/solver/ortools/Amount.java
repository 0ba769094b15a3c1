package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;

/**
 * A number of the model with what is known about it.
 *
 * @param expr a constant, or one variable times a factor plus a constant
 * @param min what it is never below
 * @param max what it is never above
 */
record Amount(LinearExpr expr, long min, long max) {
  static Amount constant(long value) {
    return new Amount(LinearExpr.constant(value), value, value);
  }

  boolean isConstant() {
    return min == max;
  }
}
