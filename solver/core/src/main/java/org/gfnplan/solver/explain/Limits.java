package org.gfnplan.solver.explain;

/**
 * How much of an enumeration is wanted.
 *
 * @param conflicts the most conflicts to look for
 * @param corrections the most corrections to list
 * @param tries the most ways to correct everything that are tried
 */
public record Limits(int conflicts, int corrections, int tries) {
  /** Enough for every guest that we have seen. */
  public static final Limits DEFAULT = of(100);

  private static final int TRIES_EACH = 100;

  public Limits {
    if (conflicts < 1 || corrections < 1 || tries < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: conflicts=%d corrections=%d tries=%d"
              .formatted(conflicts, corrections, tries));
    }
  }

  /** At most {@code count} conflicts and as many corrections. */
  public static Limits of(int count) {
    return new Limits(count, count, (int) Math.min(Integer.MAX_VALUE, (long) TRIES_EACH * count));
  }
}
