package org.gfnplan.solver.explain;

/** An engine gave up on a question whose answer the explanation needs. */
final class NotDecided extends Exception {
  private static final long serialVersionUID = 1L;

  /** The question stays open for this reason, one line. */
  NotDecided(String reason) {
    super(reason);
  }

  /** Why the question stays open. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
