package org.gfnplan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a result goes, and in what form. */
final class OutputOptions {
  /** The forms of a result. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TEXT;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes the result to FILE, not to standard output.")
  private @Nullable Path file;

  /** Whether the result is to be JSON. */
  boolean isJson() {
    return format == Format.JSON;
  }

  /** Opens the output before any work, runs {@code body} and returns its exit code. */
  int write(CommandLine command, Body body) {
    return write(file, command, body);
  }

  /** The same for a target that is known; null is standard output. */
  static int write(@Nullable Path target, CommandLine command, Body body) {
    if (target == null) {
      PrintWriter out = command.getOut();
      return run(command, body, out);
    }
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(target, StandardCharsets.UTF_8))) {
      return run(command, body, out);
    } catch (IOException e) {
      command.getErr().println("error: %s: %s".formatted(target, Inputs.reason(e)));
      return ExitCode.UNUSABLE;
    }
  }

  private static int run(CommandLine command, Body body, PrintWriter out) {
    try {
      int code = body.write(out);
      out.flush();
      return code;
    } catch (IOException e) {
      command.getErr().println("error: " + Inputs.reason(e));
      return ExitCode.UNUSABLE;
    }
  }

  /** Writes a result. */
  @FunctionalInterface
  interface Body {
    /** Writes the result and returns the exit code. */
    int write(PrintWriter out) throws IOException;
  }
}
