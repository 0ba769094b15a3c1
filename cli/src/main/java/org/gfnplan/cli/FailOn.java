package org.gfnplan.cli;

import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which findings make a command end as a conflict does. */
final class FailOn {
  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "note, warning or error: ends with 1 when there is a finding that matters at least as"
              + " much. Without it findings change no exit code.")
  private @Nullable Severity least;

  /** From where on findings count; null: none does. */
  @Nullable Severity least() {
    return least;
  }

  /** The exit code of a plan. */
  int code(Plan plan) {
    return code(ExitCode.of(plan.verdict()), plan.findings());
  }

  /** The exit code of the plans of several guests. */
  int code(HostPlan plan) {
    Stream<Finding> own = plan.plans().stream().flatMap(each -> each.findings().stream());
    return code(ExitCode.of(plan.verdict()), Stream.concat(plan.findings().stream(), own).toList());
  }

  /** The exit code that {@code code} becomes when these were found; only 0 ever changes. */
  int code(int code, List<Finding> findings) {
    Severity from = least;
    boolean fails =
        from != null
            && findings.stream().anyMatch(finding -> finding.severity().compareTo(from) >= 0);
    return code == ExitCode.LAYOUT && fails ? ExitCode.CONFLICT : code;
  }
}
