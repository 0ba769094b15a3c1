package org.gfnplan.solver.ortools;

import java.time.Duration;
import java.util.List;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/**
 * CP-SAT of Google OR-Tools as a backend: complete for every rule kind and every preference.
 *
 * <p>Native code is loaded when {@link #solve} first needs it; where that is not possible, every
 * problem is given up. A step is 5 microseconds of CP-SAT's deterministic time. "No" comes without
 * a certificate. A thread that is interrupted while it waits gets what is known so far, and stays
 * interrupted.
 */
public final class CpSatBackend implements Backend {
  @Override
  public String name() {
    return "cp-sat";
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    String complaint = Natives.complaint();
    if (complaint != null) {
      return new Outcome.GaveUp("cp-sat is not available: " + complaint);
    }
    try {
      Rooms rooms = new Rooms(problem);
      if (rooms.areImpossible()) {
        return new Outcome.Refuted(List.of());
      }
      return search(problem, rooms, goal, budget);
    } catch (BeyondLimits e) {
      return new Outcome.GaveUp("cp-sat cannot represent the problem: " + e.getMessage());
    }
  }

  /**
   * Searches once, or twice where counting gaps may help: that makes problems that need it possible
   * and others ten times as slow, so it comes second and gets the larger part of the budget.
   */
  private static Outcome search(Problem problem, Rooms rooms, Goal goal, Budget budget) {
    Duration time = budget.time();
    Long deadline = time == null ? null : System.nanoTime() + nanos(time);
    Encoding plain = Encoding.of(problem, rooms, goal, false);
    long first = plain.hasGaps() ? Math.max(1, budget.steps() / 10) : budget.steps();
    try (Interrupts interrupts = new Interrupts()) {
      Outcome outcome = new Search(problem, plain, first, deadline, interrupts).run(goal);
      if (!plain.hasGaps() || isProven(outcome) || first == budget.steps()) {
        return outcome;
      }
      Encoding counting = Encoding.of(problem, rooms, goal, true);
      long rest = budget.steps() - first;
      Outcome second = new Search(problem, counting, rest, deadline, interrupts).run(goal);
      return isProven(second) || !(outcome instanceof Outcome.Found) ? second : outcome;
    }
  }

  private static boolean isProven(Outcome outcome) {
    return outcome instanceof Outcome.Refuted
        || (outcome instanceof Outcome.Found found && found.proven());
  }

  private static long nanos(Duration time) {
    // More than this is no limit, and Duration.toNanos would overflow.
    return time.toDays() > 365 ? Duration.ofDays(365).toNanos() : time.toNanos();
  }
}
