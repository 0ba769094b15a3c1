package org.gfnplan.solver.problem;

/**
 * Whether a statement must hold, or what giving it up costs.
 *
 * @param weight 0 when the statement is required, else what giving it up costs
 */
public record Strength(long weight) {
  /** The statement must hold. */
  public static final Strength REQUIRED = new Strength(0);

  private static final long MOST = 1L << 20;

  public Strength {
    if (weight < 0 || weight > MOST) {
      throw new IllegalArgumentException(
          "weight must be in 0..%d: weight=%d".formatted(MOST, weight));
    }
  }

  /** The statement may be given up at a cost of {@code weight}, 1 to 2^20. */
  public static Strength preferred(long weight) {
    if (weight < 1) {
      throw new IllegalArgumentException("weight must be at least 1: weight=" + weight);
    }
    return new Strength(weight);
  }

  /** Whether the statement must hold. */
  public boolean isRequired() {
    return weight == 0;
  }
}
