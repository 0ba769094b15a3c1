package org.gfnplan.models.report.sarif;

import java.util.List;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One run of the program, as {@link SarifJson} writes it down.
 *
 * @param version the version of the program
 * @param inputs files and directories as the user named them, {@code <stdin>} for standard input
 * @param exitCode what the process ends with
 * @param results what was found, worst first
 * @param notices what is to be said about the run itself
 */
public record SarifRun(
    String version,
    List<String> inputs,
    int exitCode,
    List<SarifResult> results,
    List<Notice> notices) {
  public SarifRun {
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
    notices = List.copyOf(notices);
  }

  /** Kinds of notices. */
  public enum Kind {
    /** An input cannot be read or used. */
    UNUSABLE("unusable", "an input cannot be read or used"),
    /** A budget ran out. */
    UNDECIDED("undecided", "a budget ran out before there was an answer"),
    /** Not everything was listed. */
    INCOMPLETE("incomplete", "not all conflicts are listed");

    final String id;
    final String says;

    Kind(String id, String says) {
      this.id = id;
      this.says = says;
    }
  }

  /**
   * Something about the run itself; one that is an error means that there is no answer.
   *
   * @param kind what kind of thing
   * @param level how much it matters
   * @param message one line
   * @param origin where it is seen, or null
   */
  public record Notice(Kind kind, Severity level, String message, @Nullable Origin origin) {}
}
