package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** A region lies in one of some ranges, unless it is empty. */
final class Inside extends Filter {
  private final Span span;
  private final @Nullable IntVar gap;
  private final long[] starts;
  private final long[] ends;

  /** The ranges are sorted and do not touch; the gap of the span, if given, is an index of them. */
  Inside(
      Meter meter,
      @Nullable BoolVar off,
      Span span,
      @Nullable IntVar gap,
      long[] starts,
      long[] ends) {
    super(meter, off, scope(span, gap));
    this.span = span;
    this.gap = gap;
    this.starts = starts;
    this.ends = ends;
  }

  private static List<IntVar> scope(Span span, @Nullable IntVar gap) {
    List<IntVar> vars = new ArrayList<>(span.vars());
    if (gap != null) {
      vars.add(gap);
    }
    return vars;
  }

  @Override
  boolean isPossible() {
    if (!span.isNeverEmpty()) {
      return true;
    }
    for (int i = 0; i < starts.length; i++) {
      if (fits(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the region may lie in this range, if it is not empty. */
  private boolean fits(int range) {
    return (gap == null || gap.contains(range))
        && starts[range] <= span.start().getUB()
        && span.end().getLB() <= ends[range]
        && span.startFrom(starts[range]) + span.least()
            <= Math.min(ends[range], span.end().getUB());
  }

  @Override
  boolean narrow() throws ContradictionException {
    if (span.length().getUB() == 0) {
      return false;
    }
    int first = -1;
    int last = -1;
    long longest = 0;
    boolean changed = false;
    for (int i = 0; i < starts.length; i++) {
      if (fits(i)) {
        first = first < 0 ? i : first;
        last = i;
        longest = Math.max(longest, ends[i] - span.startFrom(starts[i]));
      } else if (gap != null && gap.contains(i)) {
        changed |= gap.removeValue(i, this);
      }
    }
    if (first < 0) {
      return lower(span.length(), 0);
    }
    changed |= lower(span.length(), longest);
    if (span.isNeverEmpty()) {
      changed |=
          raise(span.start(), span.startFrom(starts[first])) || lower(span.end(), ends[last]);
    }
    return changed;
  }
}
