package org.gfnplan.solver.search.exact;

import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.space.Gfn;

/** The rules that speak of one edge or one length. */
final class Unary {
  private Unary() {}

  /** The variable of an edge. */
  static int variable(int region, Edge.Side side) {
    return side == Edge.Side.START ? Store.start(region) : Store.end(region);
  }

  /** The value of a variable in a finished layout. */
  static long value(int variable, long[] start, long[] length) {
    int region = variable / 3;
    return switch (variable % 3) {
      case 0 -> start[region];
      case 1 -> start[region] + length[region];
      default -> length[region];
    };
  }

  /** A variable lies between two values. */
  static final class Bounded extends Constraint {
    final int variable;
    final long min;
    final long max;

    Bounded(int statement, boolean required, int variable, long min, long max) {
      super(statement, required, variable / 3);
      this.variable = variable;
      this.min = min;
      this.max = max;
    }

    @Override
    boolean narrow(Store store) {
      return store.atLeast(variable, min) && store.atMost(variable, max);
    }

    @Override
    boolean holds(long[] start, long[] length) {
      long value = value(variable, start, length);
      return min <= value && value <= max;
    }
  }

  /** A variable is a multiple of a step. */
  static final class Stepped extends Constraint {
    private final int variable;
    private final long step;

    Stepped(int statement, boolean required, int variable, long step) {
      super(statement, required, variable / 3);
      this.variable = variable;
      this.step = step;
    }

    @Override
    boolean narrow(Store store) {
      return store.atLeast(variable, Gfn.roundUp(store.lo[variable], step))
          && store.atMost(variable, Gfn.roundDown(store.hi[variable], step));
    }

    @Override
    boolean holds(long[] start, long[] length) {
      return value(variable, start, length) % step == 0;
    }
  }

  /** Two variables of two regions are equal. */
  static final class Same extends Constraint {
    final int one;
    final int other;

    Same(int statement, boolean required, int one, int other) {
      super(statement, required, one / 3, other / 3);
      this.one = one;
      this.other = other;
    }

    @Override
    boolean narrow(Store store) {
      return store.atLeast(one, store.lo[other])
          && store.atLeast(other, store.lo[one])
          && store.atMost(one, store.hi[other])
          && store.atMost(other, store.hi[one]);
    }

    @Override
    boolean holds(long[] start, long[] length) {
      return value(one, start, length) == value(other, start, length);
    }
  }
}
