package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.cli.render.DiffText;
import org.gfnplan.models.diff.DiffJson;
import org.gfnplan.models.diff.LayoutDiff;
import org.gfnplan.models.diff.Picture;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gfnplan diff}: what differs between two layouts. */
@Command(
    name = "diff",
    description = {
      "Compares two layouts of a guest, and tells whether a running guest could go on in the other.",
      "The exit code is 0 when they are equal and 1 when they are not."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "A plan, from `plan --format json`, or the kernel log or /proc/iomem of a guest; `-` reads"
              + " standard input. One of A and B has to be a plan.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "What to compare it with, as A.")
  private String after = "";

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (before.isEmpty() || after.isEmpty()) {
      throw new CommandLine.ParameterException(commandLine(), "a path must not be empty");
    }
    if (before.equals(Inputs.STANDARD_INPUT) && after.equals(Inputs.STANDARD_INPUT)) {
      throw new CommandLine.ParameterException(
          commandLine(), "standard input can be read only once");
    }
    return output.write(commandLine(), this::run);
  }

  private int run(PrintWriter out) {
    List<InputProblem> problems = new ArrayList<>();
    Picture first = Inputs.picture(before, problems);
    Picture second = Inputs.picture(after, problems);
    if (first == null || second == null) {
      return unusable(problems, out);
    }
    try {
      LayoutDiff diff = LayoutDiff.of(first, second);
      out.print(output.isJson() ? DiffJson.pretty(diff) + "\n" : DiffText.of(diff));
      return diff.changes().isEmpty() ? ExitCode.LAYOUT : ExitCode.CONFLICT;
    } catch (UnusableInput unusable) {
      return unusable(unusable.problems(), out);
    }
  }

  private int unusable(List<InputProblem> problems, PrintWriter out) {
    return Unusable.tell(commandLine(), problems, out, output.isJson() ? DiffJson::unusable : null);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
