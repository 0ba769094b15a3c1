package org.gfnplan.solver.answer;

import java.util.List;
import org.gfnplan.solver.problem.Statement;

/**
 * One minimal conflict among all of a problem.
 *
 * @param conflict a checked conflict
 * @param alike statements that are counted together with members, and are none: when blocks do not
 *     fit, other blocks of the size would not either. Such conflicts are listed once
 */
public record Reason(Conflict conflict, List<Statement> alike) {
  public Reason {
    alike = List.copyOf(alike);
  }
}
