package org.gfnplan.solver.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much work a backend may do.
 *
 * @param steps work in units of the backend's own; the same steps give the same answer everywhere
 * @param time wall time, or null for no limit; only on request, because seconds make answers differ
 */
public record Budget(long steps, @Nullable Duration time) {
  /** Enough for every layout of a single guest that we have seen. */
  public static final Budget DEFAULT = new Budget(2_000_000, null);

  public Budget {
    if (steps < 1 || (time != null && (time.isNegative() || time.isZero()))) {
      throw new IllegalArgumentException(
          "steps and time must be positive: steps=%d time=%s".formatted(steps, time));
    }
  }

  /** A budget of steps alone. */
  public static Budget steps(long steps) {
    return new Budget(steps, null);
  }
}
