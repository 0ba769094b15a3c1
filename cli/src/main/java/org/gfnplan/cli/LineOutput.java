package org.gfnplan.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where JSON lines go. */
final class LineOutput {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes the result to FILE, not to standard output.")
  private @Nullable Path file;

  /** Opens the output before any work, runs {@code body} and returns its exit code. */
  int write(CommandLine command, OutputOptions.Body body) {
    return OutputOptions.write(file, command, body);
  }
}
