package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** Pairs of regions share no frame. */
final class Disjoint extends Filter {
  private final Span[] spans;
  private final int[] ones;
  private final int[] others;

  /** Each pair is two indices into the spans. */
  Disjoint(Meter meter, @Nullable BoolVar off, List<Span> spans, List<int[]> pairs) {
    super(meter, off, scope(spans));
    this.spans = spans.toArray(new Span[0]);
    this.ones = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    this.others = pairs.stream().mapToInt(pair -> pair[1]).toArray();
  }

  private static List<IntVar> scope(List<Span> spans) {
    List<IntVar> vars = new ArrayList<>();
    spans.forEach(span -> vars.addAll(span.vars()));
    return vars;
  }

  @Override
  boolean isPossible() {
    for (int i = 0; i < ones.length; i++) {
      Span one = spans[ones[i]];
      Span other = spans[others[i]];
      if (one.isNeverEmpty()
          && other.isNeverEmpty()
          && !mayPrecede(one, other)
          && !mayPrecede(other, one)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the end of one may be at most the start of the other while neither is empty. */
  private static boolean mayPrecede(Span one, Span other) {
    long end = Math.max(one.end().getLB(), one.start().getLB() + one.least());
    long start = Math.min(other.start().getUB(), other.end().getUB() - other.least());
    return end <= start;
  }

  @Override
  boolean narrow() throws ContradictionException {
    boolean changed = false;
    for (int i = 0; i < ones.length; i++) {
      changed |= narrow(spans[ones[i]], spans[others[i]]);
    }
    return changed;
  }

  private boolean narrow(Span one, Span other) throws ContradictionException {
    boolean onward = mayPrecede(one, other);
    boolean backward = mayPrecede(other, one);
    if (onward && backward) {
      return false;
    }
    if (!one.isNeverEmpty() || !other.isNeverEmpty()) {
      boolean stuck = !onward && !backward;
      return (stuck && one.isNeverEmpty() && lower(other.length(), 0))
          || (stuck && other.isNeverEmpty() && lower(one.length(), 0));
    }
    if (onward) {
      return precede(one, other);
    }
    // When neither order is left, this one fails.
    return precede(other, one);
  }

  private boolean precede(Span first, Span second) throws ContradictionException {
    return raise(second.start(), first.end().getLB()) || lower(first.end(), second.start().getUB());
  }
}
