package org.gfnplan.solver.choco;

import java.util.List;
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
  record Term(IntVar variable, long wish, long weight) {
    long least() {
      return weight * Math.max(0, Math.max(variable.getLB() - wish, wish - variable.getUB()));
    }
  }

  private final Term[] terms;
  private final long bound;

  CostAtMost(Meter meter, List<Term> terms, long bound) {
    super(meter, null, terms.stream().map(Term::variable).toList());
    this.terms = terms.toArray(new Term[0]);
    this.bound = bound;
  }

  private long least() {
    long sum = 0;
    for (Term term : terms) {
      sum += term.least();
    }
    return sum;
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
    for (Term term : terms) {
      long far = (term.least() + spare) / term.weight();
      changed |=
          raise(term.variable(), term.wish() - far) || lower(term.variable(), term.wish() + far);
    }
    return changed;
  }
}
