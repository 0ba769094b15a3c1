package org.gfnplan.cli.render.ci;

import java.util.List;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.report.Explained;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about the run besides its answer.
 *
 * @param version the version of the program
 * @param inputs files and directories as the user named them, {@code <stdin>} for standard input
 * @param failOn findings from here on fail the run; null: none does
 * @param exitCode what the process ends with
 */
public record CiRun(String version, List<String> inputs, @Nullable Severity failOn, int exitCode) {
  public CiRun {
    inputs = List.copyOf(inputs);
  }

  /** All conflicts that are known: those that were enumerated, else the one of the plan. */
  public static List<Conflict> conflicts(Explained explained) {
    Enumeration found = explained.all();
    if (found != null) {
      return found.knots().stream()
          .flatMap(knot -> knot.conflicts().stream())
          .map(reason -> reason.conflict())
          .toList();
    }
    return explained.plan().answer() instanceof Conflict conflict ? List.of(conflict) : List.of();
  }
}
