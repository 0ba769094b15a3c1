package org.gfnplan.solver.choco;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.chocosolver.solver.constraints.PropagatorPriority;
import org.chocosolver.solver.exception.ContradictionException;

/** Regions that all exclude each other fit into the frames they have together. */
final class Overload extends Filter {
  /*
   * The energy test of scheduling: for each window, the regions that lie in it whatever is chosen
   * take no more frames than it has. Fixed ranges that none of them may use count as regions. It
   * only fails and never narrows, so it costs n^2 for each call.
   */
  private final Meter meter;
  private final Span[] spans;
  private final long[] takenStarts;
  private final long[] takenEnds;
  private final long[] earliest;
  private final long[] latest;
  private final long[] length;
  private final Integer[] byLatest;

  Overload(Meter meter, List<Span> spans, long[] takenStarts, long[] takenEnds) {
    super(
        meter,
        null,
        spans.stream().flatMap(span -> span.vars().stream()).toList(),
        PropagatorPriority.CUBIC,
        false);
    this.meter = meter;
    this.spans = spans.toArray(new Span[0]);
    this.takenStarts = takenStarts;
    this.takenEnds = takenEnds;
    int count = spans.size() + takenStarts.length;
    earliest = new long[count];
    latest = new long[count];
    length = new long[count];
    byLatest = new Integer[count];
  }

  @Override
  boolean isPossible() {
    for (int i = 0; i < spans.length; i++) {
      earliest[i] = spans[i].start().getLB();
      latest[i] = spans[i].end().getUB();
      length[i] = spans[i].length().getLB();
    }
    for (int i = 0; i < takenStarts.length; i++) {
      earliest[spans.length + i] = takenStarts[i];
      latest[spans.length + i] = takenEnds[i];
      length[spans.length + i] = takenEnds[i] - takenStarts[i];
    }
    Arrays.setAll(byLatest, i -> i);
    Arrays.sort(byLatest, Comparator.comparingLong(i -> latest[i]));
    for (int i = 0; i < spans.length; i++) {
      long from = earliest[i];
      long demand = 0;
      for (int j : byLatest) {
        if (earliest[j] >= from) {
          demand += length[j];
          if (length[j] > 0 && from + demand > latest[j]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @Override
  boolean narrow() throws ContradictionException {
    meter.tickOrStop(latest.length * latest.length);
    if (!isPossible()) {
      fails();
    }
    return false;
  }
}
