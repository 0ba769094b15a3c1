package org.gfnplan.solver.search.exact;

import java.util.Arrays;
import org.gfnplan.solver.search.Goal;

/** Makes each cost as small as it can be, one after another, by repeated searches. */
final class Improvement {
  private final Model model;
  private final Part part;
  private final Store store;
  private final Descent descent;

  /** The best layout so far. */
  final long[] start;

  final long[] length;
  final boolean[] givenUp;
  private boolean proven = true;
  private boolean seeded;
  private int known;

  Improvement(Model model, Part part, Meter meter) {
    this.model = model;
    this.part = part;
    store = new Store(model, part);
    descent = new Descent(model, part, store, meter);
    start = new long[model.size()];
    length = new long[model.size()];
    givenUp = new boolean[model.statements.size()];
  }

  /** Starts from a layout that is at hand; the first terms are known to be least in it. */
  void seed(long[] fromStart, long[] fromLength, int terms) {
    System.arraycopy(fromStart, 0, start, 0, start.length);
    System.arraycopy(fromLength, 0, length, 0, length.length);
    Arrays.fill(givenUp, false);
    for (Constraint constraint : part.constraints()) {
      if (!constraint.isRequired() && !constraint.holds(start, length)) {
        givenUp[constraint.statement] = true;
      }
    }
    for (int i = 0; i < terms; i++) {
      part.terms().get(i).bound = value(part.terms().get(i));
    }
    seeded = true;
    known = terms;
  }

  /** Whether there is a layout to start from. */
  boolean isSeeded() {
    return seeded;
  }

  /** Looks for a layout that meets the goal as far as the meter allows. */
  Descent.Verdict run(Goal goal) {
    Descent.Verdict verdict = seeded ? Descent.Verdict.FOUND : search();
    if (verdict != Descent.Verdict.FOUND || goal == Goal.ANY) {
      return verdict;
    }
    for (Term term : part.terms().subList(known, part.terms().size())) {
      if (!minimise(term)) {
        proven = false;
        return verdict;
      }
    }
    for (int r : part.members()) {
      if (goal == Goal.CANONICAL && (!minimise(Store.start(r)) || !minimise(Store.length(r)))) {
        proven = false;
        return verdict;
      }
    }
    return verdict;
  }

  /** Writes the best layout of the part. */
  void write(long[] toStart, long[] toLength) {
    for (int r : part.members()) {
      toStart[r] = start[r];
      toLength[r] = length[r];
    }
  }

  /** Whether the layout is proven to meet the goal. */
  boolean isProven() {
    return proven;
  }

  private Descent.Verdict search() {
    Descent.Verdict verdict = descent.search();
    if (verdict == Descent.Verdict.FOUND) {
      System.arraycopy(descent.start, 0, start, 0, start.length);
      System.arraycopy(descent.length, 0, length, 0, length.length);
      for (int i = 0; i < givenUp.length; i++) {
        givenUp[i] = descent.isGivenUp(i);
      }
    }
    return verdict;
  }

  /** Bounds the term by its least value; false when the meter ran out first. */
  private boolean minimise(Term term) {
    settle();
    long least = term.least(store);
    long stride = 0;
    while (least < value(term)) {
      term.bound = Math.min(value(term) - 1, least + stride);
      Descent.Verdict verdict = search();
      if (verdict == Descent.Verdict.STOPPED) {
        return false;
      }
      if (verdict == Descent.Verdict.NONE) {
        least = term.bound + 1;
        stride = 2 * stride + 1;
      } else {
        stride = 0;
      }
    }
    term.bound = value(term);
    return true;
  }

  private long value(Term term) {
    if (term.kind != Term.Kind.WEIGHT) {
      return term.value(start, length);
    }
    long weight = 0;
    for (int i = 0; i < givenUp.length; i++) {
      weight += givenUp[i] ? model.weights[i] : 0;
    }
    return weight;
  }

  /** Fixes the variable at its least value; false when the meter ran out first. */
  private boolean minimise(int variable) {
    settle();
    long least = store.lo[variable];
    long stride = 0;
    while (least < Unary.value(variable, start, length)) {
      long target = Math.min(Unary.value(variable, start, length) - 1, least + stride);
      long mark = store.mark();
      Descent.Verdict verdict = store.atMost(variable, target) ? search() : Descent.Verdict.NONE;
      store.undo(mark);
      if (verdict == Descent.Verdict.STOPPED) {
        return false;
      }
      if (verdict == Descent.Verdict.NONE) {
        least = target + 1;
        stride = 2 * stride + 1;
      } else {
        stride = 0;
      }
    }
    // The layout at hand shows that this is possible.
    store.fix(variable, Unary.value(variable, start, length));
    return true;
  }

  /** Narrows the root by what is known so far. */
  private void settle() {
    store.wakeAll();
    store.propagate();
  }
}
