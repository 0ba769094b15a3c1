package org.gfnplan.solver.answer;

import java.util.List;
import org.gfnplan.solver.problem.Statement;

/**
 * A minimal set of statements to leave out: without them, and without one correction of every other
 * knot, there is a layout; when any one of them stays there is none.
 *
 * @param statements what to leave out, in the order of the problem
 * @param alike statements that are counted together with those, and stay
 * @param beside what was left out of the other knots when this was tried
 * @param layout a layout of everything else
 */
public record Correction(
    List<Statement> statements, List<Statement> alike, List<Statement> beside, Layout layout) {
  public Correction {
    statements = List.copyOf(statements);
    alike = List.copyOf(alike);
    beside = List.copyOf(beside);
  }
}
