package org.gfnplan.models.report.sarif;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.gfnplan.solver.problem.Statement;

/**
 * A conflict or a finding.
 *
 * @param ruleId the rule or the finding, by its id in the catalogue
 * @param level how much it matters
 * @param message what was found; the first line says it all
 * @param origin where it is shown
 * @param document the input it is about, where it is shown when {@code origin} is in no input
 * @param related the statements it rests on, in order
 * @param repairs changes after each of which it is gone, cheapest first
 * @param identity what makes it the same result in another run, however lines have moved
 */
public record SarifResult(
    String ruleId,
    Severity level,
    String message,
    Origin origin,
    Origin document,
    List<Statement> related,
    List<SarifRepair> repairs,
    List<String> identity) {
  public SarifResult {
    related = List.copyOf(related);
    repairs = List.copyOf(repairs);
    identity = List.copyOf(identity);
  }

  /** A finding about {@code document}, unless its origin says better. */
  public static SarifResult of(Finding finding, Origin document) {
    return new SarifResult(
        finding.id(),
        finding.severity(),
        finding.message(),
        finding.origin(),
        document,
        List.of(),
        List.of(),
        List.of("finding", finding.id(), finding.origin().document(), finding.message()));
  }

  /**
   * The statement at which a conflict is shown. It is the first one in the first of the {@code
   * changed} lines that has any: where the cheapest repair is made is what a user wants to see.
   * Else it is the first in a line of a text, then in a binary table; what is built in cannot be
   * shown.
   */
  public static Statement shownAt(List<Statement> statements, List<Origin> changed) {
    for (Origin line : changed) {
      for (Statement statement : statements) {
        if (statement.origin().equals(line)) {
          return statement;
        }
      }
    }
    for (Class<?> place : List.of(Position.Line.class, Position.Offset.class)) {
      for (Statement statement : statements) {
        if (place.isInstance(statement.origin().position())) {
          return statement;
        }
      }
    }
    return statements.get(0);
  }
}
