package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.IntVar;

/** A weighted sum of distances is at most a bound. */
final class CostAtMost extends Filter {
  /**
   * A summand: {@code weight * |variable - wish|}. A switch is one with wish 0.
   *
   * @param variable an edge, a length or a switch
   * @param wish the value without cost, in the coordinates of the variable
   * @param weight cost for each coordinate
   */
  record Term(IntVar variable, long wish, long weight) {}

  /*
   * All terms of one variable are looked at together. Their sum is convex, so its least value over
   * a range is known, and so is the range in which it stays below a value. Term by term, two wishes
   * that pull one edge to both ends would each seem to cost nothing.
   */
  private final List<Pull> pulls = new ArrayList<>();
  private final long bound;

  CostAtMost(Meter meter, List<Term> terms, long bound) {
    super(meter, null, terms.stream().map(Term::variable).distinct().toList());
    this.bound = bound;
    Map<IntVar, List<Term>> byVariable = new LinkedHashMap<>();
    for (Term term : terms) {
      byVariable.computeIfAbsent(term.variable(), unseen -> new ArrayList<>()).add(term);
    }
    byVariable.forEach((variable, pulling) -> pulls.add(new Pull(variable, pulling)));
  }

  private long least() {
    return pulls.stream().mapToLong(Pull::least).sum();
  }

  @Override
  boolean isPossible() {
    return least() <= bound;
  }

  @Override
  boolean narrow() throws ContradictionException {
    long spare = bound - least();
    if (spare < 0) {
      fails();
    }
    boolean changed = false;
    for (Pull pull : pulls) {
      long most = pull.least() + spare;
      // Both ends are sought before the first is moved.
      long low = pull.lowest(most);
      long high = pull.highest(most);
      changed |= raise(pull.variable, low) || lower(pull.variable, high);
    }
    return changed;
  }

  /** What all terms of one variable cost together. */
  private static final class Pull {
    private final IntVar variable;
    private final List<Term> terms;

    /** A value of least cost: not less weight wishes to be at or below it than above. */
    private final long middle;

    Pull(IntVar variable, List<Term> terms) {
      this.variable = variable;
      this.terms = terms;
      long weight = terms.stream().mapToLong(Term::weight).sum();
      long middle = 0;
      long below = 0;
      for (Term term : terms.stream().sorted((a, b) -> Long.compare(a.wish, b.wish)).toList()) {
        if (2 * below < weight) {
          middle = term.wish();
        }
        below += term.weight();
      }
      this.middle = middle;
    }

    private long cost(long value) {
      long sum = 0;
      for (Term term : terms) {
        sum += term.weight() * Math.abs(value - term.wish());
      }
      return sum;
    }

    /** The value of the range that costs least. */
    private long best() {
      return Math.max(variable.getLB(), Math.min(middle, variable.getUB()));
    }

    long least() {
      return cost(best());
    }

    /** The lowest value of the range that costs at most this; the best one does. */
    long lowest(long most) {
      long low = variable.getLB();
      long high = best();
      while (low < high) {
        long half = low + (high - low) / 2;
        if (cost(half) <= most) {
          high = half;
        } else {
          low = half + 1;
        }
      }
      return low;
    }

    /** The highest value of the range that costs at most this; the best one does. */
    long highest(long most) {
      long low = best();
      long high = variable.getUB();
      while (low < high) {
        long half = high - (high - low) / 2;
        if (cost(half) <= most) {
          low = half;
        } else {
          high = half - 1;
        }
      }
      return low;
    }
  }
}
