package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.input.InputProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Inputs that a command cannot use: told to people, and as a document where one was asked for. */
final class Unusable {
  private Unusable() {}

  /**
   * Tells each problem once, in order, and returns the exit code.
   *
   * @param document the problems as a document, or null when text was asked for
   */
  static int tell(
      CommandLine command,
      List<InputProblem> problems,
      PrintWriter out,
      @Nullable Function<List<InputProblem>, String> document) {
    List<InputProblem> sorted = problems.stream().sorted().distinct().toList();
    command.getErr().print(PlanText.of(sorted));
    command.getErr().flush();
    if (document != null) {
      out.println(document.apply(sorted));
    }
    return ExitCode.UNUSABLE;
  }
}
