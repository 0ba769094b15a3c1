package org.gfnplan.solver.search.bounds;

import java.util.List;
import java.util.function.Supplier;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Looks for bounds that cannot be met; the kind that is easiest to see comes first. */
final class Contradictions {
  private final Shape shape;
  private final Bounds bounds;
  private final Gaps gaps;
  private final Supplier<List<Statement>> because;

  Contradictions(Shape shape, Bounds bounds, Gaps gaps, Supplier<List<Statement>> because) {
    this.shape = shape;
    this.bounds = bounds;
    this.gaps = gaps;
    this.because = because;
  }

  /** The first contradiction, or null. */
  @Nullable Step first() {
    Step found = clash();
    for (int i = 0; i < shape.size() && found == null; i++) {
      found = emptyBounds(i);
    }
    found = found != null ? found : total();
    for (int i = 0; i < shape.size() && found == null; i++) {
      found = noGap(i);
    }
    return found;
  }

  private @Nullable Step clash() {
    int[] blockers = gaps.blockers;
    for (int k = 0; k < blockers.length; k++) {
      int one = blockers[k];
      for (int m = k + 1; m < blockers.length; m++) {
        int other = blockers[m];
        if (bounds.startHi[other] >= bounds.endLo[one]) {
          break;
        }
        if (shape.isApart(one, other)) {
          GfnRange range =
              new GfnRange(bounds.startHi[other], Math.min(bounds.endLo[one], bounds.endLo[other]));
          // In the order of the problem, which is the order people know them in.
          return new Step.Clash(
              because.get(),
              shape.region(Math.min(one, other)),
              shape.region(Math.max(one, other)),
              range);
        }
      }
    }
    return null;
  }

  private @Nullable Step total() {
    for (Rule rule : shape.others) {
      if (rule instanceof Rule.TotalLength total) {
        long least = 0;
        long most = 0;
        for (int i : shape.numbers(total.summands())) {
          least += Counted.least(bounds, i, total.except());
          most += Counted.most(bounds, i, total.except());
        }
        if (total.frames() < least || total.frames() > most) {
          return new Step.Total(because.get(), total.summands(), total.frames(), least, most);
        }
      }
    }
    return null;
  }

  private @Nullable Step emptyBounds(int i) {
    Region region = shape.region(i);
    // A start before gfn 0 comes from an end that is too low for the length, and that can be shown.
    if (bounds.startLo[i] > bounds.startHi[i] && bounds.startHi[i] >= 0) {
      return new Step.NoAddress(
          because.get(), region.start(), bounds.startLo[i], bounds.startHi[i]);
    }
    if (bounds.endLo[i] > bounds.endHi[i]) {
      return new Step.NoAddress(because.get(), region.end(), bounds.endLo[i], bounds.endHi[i]);
    }
    if (bounds.lengthLo[i] > bounds.lengthHi[i]) {
      return new Step.Total(
          because.get(), List.of(region), bounds.lengthLo[i], 0, Math.max(0, bounds.lengthHi[i]));
    }
    return null;
  }

  private @Nullable Step noGap(int i) {
    if (bounds.lengthLo[i] == 0 || (bounds.isFixed(i) && !shape.isConfined(i))) {
      return null;
    }
    List<Gaps.Gap> found = gaps.of(i);
    long largest = Gaps.largest(found);
    return largest < bounds.lengthLo[i]
        ? new Step.NoGap(because.get(), shape.region(i), Gaps.frames(found), largest)
        : null;
  }
}
