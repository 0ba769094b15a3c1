package org.gfnplan.solver.search.exact;

import java.time.Duration;
import org.gfnplan.solver.search.Budget;

/** Counts the nodes of the search against a budget. */
final class Meter {
  private static final int NODES_BETWEEN_LOOKS_AT_THE_CLOCK = 16;

  /* A node of a large part costs more than one of a small part, and is charged for it. */
  private static final int WORK_OF_A_STEP = 32;

  private final boolean timed;
  private final long deadline;
  private long left;
  private long nodes;
  private boolean late;

  Meter(Budget budget) {
    left = budget.steps();
    Duration time = budget.time();
    timed = time != null;
    deadline = time == null ? 0 : System.nanoTime() + nanos(time);
  }

  private Meter(boolean timed, long deadline, long left) {
    this.timed = timed;
    this.deadline = deadline;
    this.left = left;
  }

  private static long nanos(Duration time) {
    return time.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : time.toNanos();
  }

  /** A meter over one {@code parts}-th of what is left here, with the same deadline. */
  Meter share(int parts) {
    return new Meter(timed, deadline, Math.max(1, left / parts));
  }

  /** Pays for one node and the work it took; false when the budget is spent. */
  boolean step(long work) {
    if (left <= 0 || late) {
      return false;
    }
    left -= 1 + work / WORK_OF_A_STEP;
    if (timed && nodes++ % NODES_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
      late = System.nanoTime() - deadline > 0;
    }
    return true;
  }

  /** Why the budget is spent, one line. */
  String reason() {
    return late ? "the time is used up" : "the steps are used up";
  }
}
