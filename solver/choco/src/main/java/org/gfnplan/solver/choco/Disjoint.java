package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.chocosolver.solver.constraints.PropagatorPriority;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.chocosolver.solver.variables.events.PropagatorEventType;
import org.jspecify.annotations.Nullable;

/** Pairs of regions share no frame. */
final class Disjoint extends Filter {
  /*
   * Only pairs of a region that changed are looked at again. A contradiction leaves the set of
   * changed regions as it was; that costs a look too many after the backtrack, and misses none.
   */
  private final Meter meter;
  private final Span[] spans;
  private final int[][] others;
  private final BitSet changed = new BitSet();

  /** Each pair is two indices into the spans. */
  Disjoint(Meter meter, @Nullable BoolVar off, List<Span> spans, List<int[]> pairs) {
    super(meter, off, scope(spans), PropagatorPriority.QUADRATIC, true);
    this.meter = meter;
    this.spans = spans.toArray(new Span[0]);
    List<List<Integer>> sides = new ArrayList<>();
    spans.forEach(span -> sides.add(new ArrayList<>()));
    for (int[] pair : pairs) {
      sides.get(pair[0]).add(pair[1]);
      sides.get(pair[1]).add(pair[0]);
    }
    others =
        sides.stream().map(side -> side.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
    changed.set(0, this.spans.length);
  }

  private static List<IntVar> scope(List<Span> spans) {
    List<IntVar> vars = new ArrayList<>();
    spans.forEach(span -> vars.addAll(span.vars()));
    return vars;
  }

  @Override
  public void propagate(int variable, int mask) throws ContradictionException {
    int span = variable / 3;
    if (span < spans.length) {
      changed.set(span);
    } else {
      changed.set(0, spans.length);
    }
    forcePropagate(PropagatorEventType.CUSTOM_PROPAGATION);
  }

  @Override
  boolean isPossible() {
    for (int i = 0; i < spans.length; i++) {
      for (int j : others[i]) {
        if (spans[i].isNeverEmpty()
            && spans[j].isNeverEmpty()
            && !mayPrecede(spans[i], spans[j])
            && !mayPrecede(spans[j], spans[i])) {
          return false;
        }
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
    int next = changed.nextSetBit(0);
    if (next < 0) {
      return false;
    }
    changed.clear(next);
    meter.tickOrStop(others[next].length);
    for (int other : others[next]) {
      if (narrow(spans[next], spans[other])) {
        changed.set(next);
        changed.set(other);
      }
    }
    return true;
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
