package org.gfnplan.solver.ortools;

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
      Encoding encoding = Encoding.of(problem, rooms, goal);
      try (Interrupts interrupts = new Interrupts()) {
        return new Search(problem, encoding, budget, interrupts).run(goal);
      }
    } catch (BeyondLimits e) {
      return new Outcome.GaveUp("cp-sat cannot represent the problem: " + e.getMessage());
    }
  }
}
