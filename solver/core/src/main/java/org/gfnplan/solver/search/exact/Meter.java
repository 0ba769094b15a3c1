package org.gfnplan.solver.search.exact;

import java.time.Duration;
import org.gfnplan.solver.search.Budget;

/** Counts the nodes of the search against a budget. */
final class Meter {
  private static final int NODES_BETWEEN_LOOKS_AT_THE_CLOCK = 64;

  private final boolean timed;
  private final long deadline;
  private long left;
  private boolean late;

  Meter(Budget budget) {
    left = budget.steps();
    Duration time = budget.time();
    timed = time != null;
    deadline = time == null ? 0 : System.nanoTime() + nanos(time);
  }

  private static long nanos(Duration time) {
    return time.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : time.toNanos();
  }

  /** Pays for one node; false when the budget is spent. */
  boolean step() {
    if (left <= 0 || late) {
      return false;
    }
    left--;
    if (timed && left % NODES_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
      late = System.nanoTime() - deadline > 0;
    }
    return true;
  }

  /** Why the budget is spent, one line. */
  String reason() {
    return late ? "the time is used up" : "the steps are used up";
  }
}
