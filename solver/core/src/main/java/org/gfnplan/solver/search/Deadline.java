package org.gfnplan.solver.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When the wall time of a budget ends. Without a time in the budget no clock is looked at. */
public final class Deadline {
  private final long steps;
  private final long begin;
  private final @Nullable Duration time;

  private Deadline(Budget budget) {
    this.steps = budget.steps();
    this.time = budget.time();
    this.begin = time == null ? 0 : System.nanoTime();
  }

  /** A deadline that begins now. */
  public static Deadline of(Budget budget) {
    return new Deadline(budget);
  }

  /**
   * The steps of the budget divided by {@code share}, at least one, with the time that is left;
   * null when no time is left.
   */
  public @Nullable Budget left(long share) {
    long part = Math.max(1, steps / share);
    if (time == null) {
      return Budget.steps(part);
    }
    Duration rest = time.minusNanos(System.nanoTime() - begin);
    return rest.isNegative() || rest.isZero() ? null : new Budget(part, rest);
  }
}
