package org.gfnplan.cli;

import java.util.concurrent.Callable;
import org.gfnplan.models.export.ExportFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan export}: a planned layout in the form that another program takes. */
@Command(
    name = "export",
    description = {
      "Plans as `gfnplan plan` does and writes the layout in a form that other programs take.",
      "A conflict exports nothing: it is explained on standard error."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      required = true,
      description =
          "e820: the guest's memory map, as Linux prints it. xl: an xl.cfg with the settings."
              + " qemu: a QEMU command. libvirt: domain XML. xenstore: what libxl writes for"
              + " hvmloader. nfit: the ACPI table of persistent memory, binary. p2m: extents as"
              + " JSON lines.")
  private ExportFormat to = ExportFormat.E820;

  @Mixin private PlanningOptions planning = new PlanningOptions();

  @Mixin private LineOutput output = new LineOutput();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    CommandLine command = spec.commandLine();
    String problem = planning.usageProblem();
    if (problem == null) {
      problem = planning.sourceProblem("--host and --guest are needed");
    }
    if (problem == null && planning.hasSeveralGuests()) {
      problem = "an export is of one guest";
    }
    if (problem != null) {
      throw new CommandLine.ParameterException(command, problem);
    }
    return Exporting.run(command, planning, to, output);
  }
}
