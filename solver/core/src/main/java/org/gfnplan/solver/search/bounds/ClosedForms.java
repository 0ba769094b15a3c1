package org.gfnplan.solver.search.bounds;

import java.util.List;
import java.util.function.Supplier;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the required statements of a problem without trying anything: frames that a
 * region takes whatever is chosen, and contradictions that a person can check.
 *
 * <p>Finds some contradictions, not all: no contradiction does not mean that there is a layout. It
 * is monotone: what follows from some statements follows from more. Costs microseconds for dozens
 * of regions.
 */
public final class ClosedForms {
  /** Enough for every chain of reasons a person would follow; only a loop of rules goes on. */
  private static final int ROUNDS = 64;

  private final Shape shape;
  private final Bounds bounds;
  private final @Nullable Step contradiction;

  private ClosedForms(Problem problem, boolean counting) {
    shape = new Shape(problem);
    Supplier<List<Statement>> because =
        () -> problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
    Bounds now = Bounds.of(shape);
    Step found = null;
    for (int round = 0; round < ROUNDS && found == null; round++) {
      Gaps gaps = new Gaps(shape, now);
      found = new Contradictions(shape, now, gaps, because).first();
      if (found == null) {
        Bounds next = Tightening.round(shape, now, gaps);
        if (next.sameAs(now)) {
          break;
        }
        now = next;
      }
    }
    if (found == null && counting) {
      found = new Counting(shape, now, because).overfull();
      found = found != null ? found : new Sums(shape, now, because).overfull();
    }
    bounds = now;
    contradiction = found;
  }

  /** Everything that can be said, block counting included. */
  public static ClosedForms of(Problem problem) {
    return new ClosedForms(problem, true);
  }

  /** What can be said without counting blocks, which is the dearest part. */
  public static ClosedForms quick(Problem problem) {
    return new ClosedForms(problem, false);
  }

  /** A contradiction that rests on all required statements, or null when none was found. */
  public @Nullable Step contradiction() {
    return contradiction;
  }

  /**
   * The frames that a region takes whatever is chosen, as far as was known when the contradiction
   * showed; null when there are none.
   */
  public @Nullable GfnRange forced(Region region) {
    int i = shape.number(region);
    return bounds.isForced(i) ? new GfnRange(bounds.startHi[i], bounds.endLo[i]) : null;
  }

  /** The frames that a region can reach, as far as was known; null when there are none. */
  public @Nullable GfnRange reach(Region region) {
    int i = shape.number(region);
    return bounds.startLo[i] < bounds.endHi[i]
        ? new GfnRange(bounds.startLo[i], bounds.endHi[i])
        : null;
  }

  /** Whether a region takes every frame of {@code range} whatever is chosen. */
  public boolean forces(Region region, GfnRange range) {
    GfnRange forced = forced(region);
    return forced != null && forced.contains(range);
  }
}
