package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** The frames of some regions that count add up to a number. */
final class Total extends Filter {
  /*
   * With c(x) the frames below x that count, a region contributes c(end) - c(start). c never falls,
   * so bounds of the edges give bounds of the contribution and back.
   */
  private final Span[] spans;
  private final Counted counted;
  private final long frames;
  private final long[] least;
  private final long[] most;

  Total(Meter meter, @Nullable BoolVar off, List<Span> spans, Counted counted, long frames) {
    super(meter, off, spans.stream().flatMap(span -> span.vars().stream()).toList());
    this.spans = spans.toArray(new Span[0]);
    this.counted = counted;
    this.frames = frames;
    least = new long[spans.size()];
    most = new long[spans.size()];
  }

  /** The least and the most that each region and all together contribute. */
  private long[] bounds() {
    long low = 0;
    long high = 0;
    for (int i = 0; i < spans.length; i++) {
      IntVar start = spans[i].start();
      IntVar end = spans[i].end();
      least[i] = Math.max(0, counted.below(end.getLB()) - counted.below(start.getUB()));
      most[i] =
          Math.min(
              spans[i].length().getUB(), counted.below(end.getUB()) - counted.below(start.getLB()));
      low += least[i];
      high += most[i];
    }
    return new long[] {low, high};
  }

  @Override
  boolean isPossible() {
    long[] sum = bounds();
    return sum[0] <= frames && frames <= sum[1];
  }

  @Override
  boolean narrow() throws ContradictionException {
    long[] sum = bounds();
    if (sum[0] > frames || frames > sum[1]) {
      fails();
    }
    boolean changed = false;
    for (int i = 0; i < spans.length; i++) {
      IntVar start = spans[i].start();
      IntVar end = spans[i].end();
      long atLeast = frames - (sum[1] - most[i]);
      long atMost = frames - (sum[0] - least[i]);
      if (atLeast > least[i]) {
        changed |=
            raise(spans[i].length(), atLeast)
                || raise(end, counted.lowestWith(counted.below(start.getLB()) + atLeast))
                || lower(start, counted.highestWith(counted.below(end.getUB()) - atLeast));
      }
      if (atMost < most[i]) {
        changed |=
            lower(end, counted.highestWith(counted.below(start.getUB()) + atMost))
                || raise(start, counted.lowestWith(counted.below(end.getLB()) - atMost));
      }
    }
    return changed;
  }
}
