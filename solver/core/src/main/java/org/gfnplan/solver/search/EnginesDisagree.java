package org.gfnplan.solver.search;

/** Two engines contradict each other: a bug in one of them, never an answer. */
public final class EnginesDisagree extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String one;
  private final String other;

  /** Engine {@code one} and engine {@code other} cannot both be right; {@code what} says why. */
  public EnginesDisagree(String one, String other, String what) {
    super("engines must agree: one=%s other=%s: %s".formatted(one, other, what));
    this.one = one;
    this.other = other;
  }

  /** The engine that spoke first. */
  public String one() {
    return one;
  }

  /** The engine that contradicted it. */
  public String other() {
    return other;
  }
}
