package org.gfnplan.solver.search.exact;

import java.util.Arrays;
import org.gfnplan.solver.space.Gfn;

/** A cost as a sum over variables, with the bound that the search keeps it under. */
final class Term {
  /** What one variable adds to the sum. */
  enum Kind {
    /** Its distance from a wish. */
    NEAR,
    /** 1 unless it is at its wish. */
    UNMOVED,
    /** Its value. */
    VALUE,
    /** 1 unless it is a multiple of the step. */
    WHOLE,
    /** Nothing; the statements add their weights instead. */
    WEIGHT
  }

  final Kind kind;
  final int[] variables;
  final long[] wish;
  final long step;

  /** For {@link Kind#WEIGHT}: what each statement costs, 0 when it is required. */
  final long[] weights;

  /** The most this cost may be. */
  long bound = Long.MAX_VALUE;

  private Term(Kind kind, int[] variables, long[] wish, long step, long[] weights) {
    this.kind = kind;
    this.variables = variables;
    this.wish = wish;
    this.step = step;
    this.weights = weights;
  }

  static Term wishes(Kind kind, int[] variables, long[] wish) {
    return new Term(kind, variables, wish, 1, new long[0]);
  }

  static Term values(int... variables) {
    return new Term(Kind.VALUE, variables, new long[variables.length], 1, new long[0]);
  }

  static Term whole(int[] variables, long step) {
    return new Term(Kind.WHOLE, variables, new long[variables.length], step, new long[0]);
  }

  static Term weight(long[] weights) {
    return new Term(Kind.WEIGHT, new int[0], new long[0], 1, weights);
  }

  /** This term as far as it looks at some regions and statements. */
  Term part(boolean[] region, boolean[] statement) {
    int[] left = new int[variables.length];
    long[] wishes = new long[variables.length];
    int count = 0;
    for (int i = 0; i < variables.length; i++) {
      if (region[variables[i] / 3]) {
        left[count] = variables[i];
        wishes[count++] = wish[i];
      }
    }
    long[] some = weights.clone();
    for (int i = 0; i < some.length; i++) {
      some[i] = statement[i] ? some[i] : 0;
    }
    return new Term(kind, Arrays.copyOf(left, count), Arrays.copyOf(wishes, count), step, some);
  }

  boolean looksAt(int region) {
    for (int variable : variables) {
      if (variable / 3 == region) {
        return true;
      }
    }
    return kind == Kind.WEIGHT;
  }

  /** The least this cost can be within the bounds. */
  long least(Store store) {
    long sum = 0;
    for (int i = 0; i < variables.length; i++) {
      sum += least(store, i);
    }
    for (int i = 0; i < weights.length; i++) {
      sum += store.state[i] == Store.GIVEN_UP ? weights[i] : 0;
    }
    return sum;
  }

  private long least(Store store, int i) {
    return least(store.lo[variables[i]], store.hi[variables[i]], i);
  }

  /** What a variable between {@code lo} and {@code hi} adds at least. */
  long least(long lo, long hi, int i) {
    return switch (kind) {
      case NEAR -> Math.max(0, Math.max(lo - wish[i], wish[i] - hi));
      case UNMOVED -> lo <= wish[i] && wish[i] <= hi ? 0 : 1;
      case WHOLE -> Gfn.roundUp(lo, step) <= hi ? 0 : 1;
      case VALUE, WEIGHT -> lo;
    };
  }

  /** What this cost is in a finished layout, the weights apart. */
  long value(long[] start, long[] length) {
    long sum = 0;
    for (int i = 0; i < variables.length; i++) {
      long value = Unary.value(variables[i], start, length);
      sum += least(value, value, i);
    }
    return sum;
  }

  /** Narrows variables so that the cost stays within its bound; false when it cannot. */
  boolean narrow(Store store) {
    if (bound == Long.MAX_VALUE) {
      return true;
    }
    long slack = bound - least(store);
    if (slack < 0) {
      return false;
    }
    for (int i = 0; i < variables.length; i++) {
      if (!narrow(store, i, slack)) {
        return false;
      }
    }
    return true;
  }

  private boolean narrow(Store store, int i, long slack) {
    int v = variables[i];
    long mine = least(store, i) + slack;
    return switch (kind) {
      case NEAR -> store.atLeast(v, wish[i] - mine) && store.atMost(v, wish[i] + mine);
      case UNMOVED -> mine > 0 || store.fix(v, wish[i]);
      case WHOLE ->
          mine > 0
              || (store.atLeast(v, Gfn.roundUp(store.lo[v], step))
                  && store.atMost(v, Gfn.roundDown(store.hi[v], step)));
      case VALUE, WEIGHT -> store.atMost(v, mine);
    };
  }
}
