package org.gfnplan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.cli.render.HostText;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.report.HostJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gfnplan host}: what dumps of a host say together. */
@Command(
    name = "host",
    description = {
      "Shows what dumps of a host say together; as JSON, a host document.",
      "When they cannot be used, the result is empty and the reasons go to standard error."
    },
    mixinStandardHelpOptions = true)
final class HostCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Directories and files, as for `plan --host`; a single `-` reads standard input.")
  private List<String> sources = new ArrayList<>();

  @Mixin private FailOn failOn = new FailOn();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    CommandSpec here = spec;
    String problem = Inputs.usageProblem(sources, "PATH");
    if (problem != null) {
      throw new CommandLine.ParameterException(here.commandLine(), problem);
    }
    return output.write(
        here.commandLine(),
        out -> {
          List<InputProblem> problems = new ArrayList<>();
          Host host = Inputs.host(sources, problems);
          if (host == null) {
            here.commandLine().getErr().print(PlanText.of(problems));
            here.commandLine().getErr().flush();
            return ExitCode.UNUSABLE;
          }
          out.print(output.isJson() ? HostJson.pretty(host) + "\n" : HostText.of(host));
          return failOn.code(ExitCode.LAYOUT, host.findings());
        });
  }
}
