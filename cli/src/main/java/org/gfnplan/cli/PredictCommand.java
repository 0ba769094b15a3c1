package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.function.UnaryOperator;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.qemu.QemuCases;
import org.gfnplan.models.platform.xen.BuilderCases;
import org.gfnplan.models.platform.xen.hvmloader.BootCases;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderCases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan predict}: what today's programs make of recorded inputs. */
@Command(
    name = "predict",
    description = "Predicts what today's programs do, for cases given as JSON lines.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PARTY")
final class PredictCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "name the party to predict: qemu, xen-builder, xen-hvmloader or xen-boot");
    }
  }

  /** What libxl and libxc do with a guest's memory, and what QEMU believes. */
  @Command(
      name = "xen-builder",
      description =
          "Completes each case with libxl's RAM split, its memory map, libxc's extents and QEMU's"
              + " split.",
      mixinStandardHelpOptions = true)
  int xenBuilder(
      @Option(
              names = "--cases",
              paramLabel = "FILE",
              required = true,
              description = "JSON lines; `-` reads standard input.")
          String cases,
      @Mixin LineOutput output) {
    return output.write(
        spec == null ? new CommandLine(this) : spec.commandLine(),
        out -> complete(cases, BuilderCases::complete, out));
  }

  /** What hvmloader does with PCI registers and the memory map. */
  @Command(
      name = "xen-hvmloader",
      description =
          "Completes each case with the addresses that hvmloader gives to PCI registers, where RAM"
              + " ends at last, and the e820.",
      mixinStandardHelpOptions = true)
  int xenHvmloader(
      @Option(
              names = "--cases",
              paramLabel = "FILE",
              required = true,
              description = "JSON lines; `-` reads standard input.")
          String cases,
      @Mixin LineOutput output) {
    return output.write(
        spec == null ? new CommandLine(this) : spec.commandLine(),
        out -> complete(cases, HvmloaderCases::complete, out));
  }

  /** What libxl and then hvmloader do, from the configuration to the e820. */
  @Command(
      name = "xen-boot",
      description =
          "Completes each case with what libxl and then hvmloader do, from the configuration of an"
              + " HVM guest to its e820.",
      mixinStandardHelpOptions = true)
  int xenBoot(
      @Option(
              names = "--cases",
              paramLabel = "FILE",
              required = true,
              description = "JSON lines; `-` reads standard input.")
          String cases,
      @Mixin LineOutput output) {
    return output.write(
        spec == null ? new CommandLine(this) : spec.commandLine(),
        out -> complete(cases, BootCases::complete, out));
  }

  /** Where QEMU's x86 machines put memory. */
  @Command(
      name = "qemu",
      description = "Completes each case with the memory layout QEMU makes, or with its refusal.",
      mixinStandardHelpOptions = true)
  int qemu(
      @Option(
              names = "--cases",
              paramLabel = "FILE",
              required = true,
              description = "JSON lines; `-` reads standard input.")
          String cases,
      @Mixin LineOutput output) {
    return output.write(
        spec == null ? new CommandLine(this) : spec.commandLine(),
        out -> complete(cases, QemuCases::complete, out));
  }

  private int complete(String cases, UnaryOperator<String> rule, PrintWriter out)
      throws UnusableInput {
    int code = ExitCode.LAYOUT;
    try (Lines lines = Lines.of(cases)) {
      String line = lines.next();
      // Nobody reads on behind a closed pipe.
      for (; line != null && !out.checkError(); line = lines.next()) {
        try {
          out.println(rule.apply(line));
        } catch (IllegalArgumentException e) {
          out.println(BuilderCases.refusal(e.getMessage()));
          code = ExitCode.UNUSABLE;
          PrintWriter err = spec == null ? out : spec.commandLine().getErr();
          err.println("error: %s:%d: %s".formatted(cases, lines.number(), e.getMessage()));
        }
      }
    }
    return code;
  }
}
