package org.gfnplan.cli;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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

  @Mixin private LineOutput output = new LineOutput();

  /** Whether the result is to be JSON. */
  boolean isJson() {
    return format == Format.JSON;
  }

  /** Opens the output before any work, runs {@code body} and returns its exit code. */
  int write(CommandLine command, LineOutput.Body body) {
    return output.write(command, body);
  }
}
