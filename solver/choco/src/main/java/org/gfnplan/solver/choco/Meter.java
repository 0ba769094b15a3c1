package org.gfnplan.solver.choco;

import java.time.Duration;
import org.gfnplan.solver.search.Budget;
import org.jspecify.annotations.Nullable;

/**
 * Counts work, and stops it when the steps or the time are used up or the thread is interrupted.
 */
final class Meter {
  /*
   * One step is 64 ticks; a tick is one run of a propagator or one turn of the search loop. Search
   * nodes alone are not enough: on ranges of 2^30 frames two rules that push each other up by one
   * frame at a time keep a single node busy for minutes, and Choco asks its stop criteria between
   * nodes only. So propagators tick, too.
   */
  private static final int TICKS = 64;

  /** So many comparisons of two regions cost about as much as a run of a small propagator. */
  private static final int PAIRS = 32;

  /** Leaves the middle of a propagation. The model is of no use afterwards. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("budget spent", null, false, false);
    }
  }

  private final @Nullable Meter whole;
  private final long deadline;
  private final boolean timed;
  private long left;
  private int ticks;
  private boolean stopped;

  private Meter(@Nullable Meter whole, long left, boolean timed, long deadline) {
    this.whole = whole;
    this.left = left;
    this.timed = timed;
    this.deadline = deadline;
  }

  static Meter of(Budget budget) {
    Duration time = budget.time();
    if (time == null) {
      return new Meter(null, budget.steps(), false, 0);
    }
    // A century is forever, and its nanoseconds are still a long.
    Duration most = Duration.ofDays(36_500);
    long nanos = (time.compareTo(most) < 0 ? time : most).toNanos();
    return new Meter(null, budget.steps(), true, System.nanoTime() + nanos);
  }

  /**
   * A part of what is left, at least one step; what it uses is taken from this meter. To ask for it
   * costs a step, so that no number of questions is free.
   */
  Meter slice(long steps) {
    pay();
    return new Meter(this, Math.max(1, Math.min(steps, left)), timed, deadline);
  }

  long left() {
    return left;
  }

  /** Whether nothing is left. */
  boolean isSpent() {
    return stopped || left <= 0;
  }

  /** Counts, and says whether work may go on. */
  boolean tick() {
    if (++ticks >= TICKS) {
      ticks = 0;
      pay();
    }
    return !isSpent();
  }

  /** Counts, and throws when work may not go on. */
  void tickOrStop() {
    if (!tick()) {
      throw new Spent();
    }
  }

  /** Counts a run that looks at this many pairs of variables. */
  void tickOrStop(int pairs) {
    for (int i = pairs / PAIRS; i >= 0; i--) {
      tickOrStop();
    }
  }

  private void pay() {
    left--;
    if ((timed && System.nanoTime() - deadline >= 0) || Thread.currentThread().isInterrupted()) {
      stopped = true;
    }
    if (whole != null) {
      whole.pay();
      stopped |= whole.isSpent();
    }
  }
}
