package org.gfnplan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.UnusableInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a result goes. */
final class LineOutput {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes the result to FILE, not to standard output.")
  private @Nullable Path file;

  /** Whether the result goes to a file that is named. */
  boolean isFile() {
    return file != null;
  }

  /** Opens the output before any work, runs {@code body} and returns its exit code. */
  int write(CommandLine command, Body body) {
    Path target = file;
    if (target == null) {
      // Main tells of a loss on standard output, which help texts go to as well.
      return run(command, body, command.getOut());
    }
    try (Sink out = Sink.of(target)) {
      int code = run(command, body, out);
      String loss = Sink.loss(out);
      return loss == null ? code : refuse(command, target, loss);
    } catch (IOException e) {
      return refuse(command, target, FileFailure.writing(e));
    }
  }

  private static int run(CommandLine command, Body body, PrintWriter out) {
    try {
      return body.write(out);
    } catch (UnusableInput unusable) {
      command.getErr().print(PlanText.of(unusable.problems()));
      return ExitCode.UNUSABLE;
    }
  }

  private static int refuse(CommandLine command, Path target, String reason) {
    command.getErr().println("error: %s: %s".formatted(target, reason));
    return ExitCode.UNUSABLE;
  }

  /** Writes a result. */
  @FunctionalInterface
  interface Body {
    /** Writes the result and returns the exit code. */
    int write(PrintWriter out) throws UnusableInput;
  }
}
