package org.gfnplan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.export.Export;
import org.gfnplan.models.export.ExportFormat;
import org.gfnplan.models.export.Planned;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.report.Plan;
import picocli.CommandLine;

/** Plans and exports what came of it; what is no layout is told on standard error. */
final class Exporting {
  private Exporting() {}

  /** Runs an export and returns its exit code. */
  static int run(
      CommandLine command, PlanningOptions planning, ExportFormat format, LineOutput output) {
    if (format.isBinary() && !output.isFile() && Sink.isForReading(command.getOut())) {
      throw new CommandLine.ParameterException(
          command, "`%s` is binary: name a file with --output".formatted(format.word()));
    }
    return output.write(command, out -> write(command, planning, format, out));
  }

  private static int write(
      CommandLine command, PlanningOptions planning, ExportFormat format, PrintWriter out)
      throws UnusableInput {
    Plan plan = planning.plan();
    Realised realised = plan.realised();
    PlatformName platform = PlatformName.of(plan.platform());
    if (realised == null || platform == null) {
      command.getErr().print(PlanText.of(plan));
      command.getErr().flush();
      return ExitCode.of(plan.verdict());
    }
    byte[] bytes = Export.of(format, new Planned(platform, plan.scene(), realised));
    if (format.isBinary()) {
      Sink.write(out, bytes);
    } else {
      out.print(new String(bytes, StandardCharsets.UTF_8));
    }
    return ExitCode.LAYOUT;
  }
}
