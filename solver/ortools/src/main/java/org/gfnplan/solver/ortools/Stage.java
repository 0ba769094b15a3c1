package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;

/**
 * One cost that is made as small as it can be before the next is looked at.
 *
 * @param expr the cost; in a layout of least cost it equals the true one, else it is not below it
 * @param least what the cost is never below
 * @param most what the cost is never above
 */
record Stage(LinearExpr expr, long least, long most) {
  /** Whether every layout costs the same. */
  boolean isConstant() {
    return least == most;
  }

  /** A cost that is added up. */
  static final class Sum {
    private final LinearExprBuilder expr = LinearExpr.newBuilder();
    private long least;
    private long most;

    void add(Amount amount) {
      add(amount, 1);
    }

    void add(Amount amount, long factor) {
      try {
        least = Math.addExact(least, Math.multiplyExact(amount.min(), factor));
        most = Math.addExact(most, Math.multiplyExact(amount.max(), factor));
      } catch (ArithmeticException e) {
        throw new BeyondLimits("a cost may pass 2^63");
      }
      if (most > Model.LIMIT || least < -Model.LIMIT) {
        throw new BeyondLimits("a cost may pass 2^61");
      }
      expr.addTerm(amount.expr(), factor);
    }

    Stage build() {
      return new Stage(expr.build(), least, most);
    }
  }
}
