package org.gfnplan.models.proof;

import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Problem;

/**
 * A problem, and conflicts that are claimed to be in it. Everything that is needed to verify the
 * claim is in it; that the problem is the one of some host and guest is not.
 *
 * @param host what the host is called
 * @param guest what the guest is called
 * @param platform the platform it was planned for
 * @param problem what was asked; its preferences are of no account
 * @param conflicts minimal conflicts, at least one
 */
public record Proof(
    String host, String guest, String platform, Problem problem, List<Conflict> conflicts) {
  public Proof {
    conflicts = List.copyOf(conflicts);
  }
}
