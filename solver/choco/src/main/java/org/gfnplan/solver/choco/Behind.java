package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** A start is the end of the last region of a chain that is not empty, rounded up. */
final class Behind extends Filter {
  /*
   * The address to round up is one of a few ends: of the regions behind the last one that is known
   * not to be empty, of that one, and if there is none the start of the last region, which is its
   * end then.
   */
  private final IntVar start;
  private final Span[] chain;
  private final long step;

  Behind(Meter meter, @Nullable BoolVar off, IntVar start, List<Span> chain, long step) {
    super(meter, off, scope(start, chain));
    this.start = start;
    this.chain = chain.toArray(new Span[0]);
    this.step = step;
  }

  private static List<IntVar> scope(IntVar start, List<Span> chain) {
    List<IntVar> vars = new ArrayList<>();
    chain.forEach(span -> vars.addAll(span.vars()));
    vars.add(start);
    return vars;
  }

  /** The addresses that may be the one to round up. */
  private List<IntVar> candidates() {
    List<IntVar> found = new ArrayList<>();
    for (int i = chain.length - 1; i >= 0; i--) {
      if (chain[i].length().getUB() > 0) {
        found.add(chain[i].end());
      }
      if (chain[i].isNeverEmpty()) {
        return found;
      }
    }
    found.add(chain[chain.length - 1].start());
    return found;
  }

  private boolean reaches(IntVar candidate) {
    return Gfn.roundUp(candidate.getLB(), step) <= start.getUB()
        && start.getLB() <= Gfn.roundUp(candidate.getUB(), step);
  }

  @Override
  boolean isPossible() {
    return Gfn.roundUp(start.getLB(), step) <= start.getUB()
        && candidates().stream().anyMatch(this::reaches);
  }

  @Override
  boolean narrow() throws ContradictionException {
    boolean changed =
        raise(start, Gfn.roundUp(start.getLB(), step))
            || lower(start, Gfn.roundDown(start.getUB(), step));
    long low = Long.MAX_VALUE;
    long high = -1;
    List<IntVar> candidates = candidates();
    for (IntVar candidate : candidates) {
      low = Math.min(low, candidate.getLB());
      high = Math.max(high, candidate.getUB());
    }
    changed |= raise(start, Gfn.roundUp(low, step)) || lower(start, Gfn.roundUp(high, step));
    if (candidates.size() == 1) {
      IntVar last = candidates.get(0);
      changed |= lower(last, start.getUB()) || raise(last, (long) start.getLB() - step + 1);
    }
    return changed;
  }
}
