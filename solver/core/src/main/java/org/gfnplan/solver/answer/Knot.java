package org.gfnplan.solver.answer;

import java.util.List;

/**
 * Conflicts that hang together by shared statements, and what corrects all of them. Knots share no
 * statement, so the corrections of a problem are all ways to take one from each knot.
 *
 * @param conflicts the minimal conflicts, at least one
 * @param corrections the minimal corrections
 */
public record Knot(List<Reason> conflicts, List<Correction> corrections) {
  public Knot {
    conflicts = List.copyOf(conflicts);
    corrections = List.copyOf(corrections);
  }
}
