package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gfnplan.cli.render.HotplugText;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.hotplug.HotplugEvent;
import org.gfnplan.models.hotplug.HotplugGuest;
import org.gfnplan.models.hotplug.HotplugJson;
import org.gfnplan.models.hotplug.HotplugReport;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.report.PlanDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan hotplug}: what Xen does when devices come and go. */
@Command(
    name = "hotplug",
    description = {
      "Gives devices to a planned guest of Xen while it runs, takes them away, and tells what Xen"
          + " does each time.",
      "Events are run in the order of the command line. The exit code is 1 when one is refused or"
          + " done in part."
    },
    mixinStandardHelpOptions = true)
final class HotplugCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--layout",
      paramLabel = "PLAN",
      required = true,
      description = "The plan that the guest was made to, from `plan --format json`; `-` reads it.")
  private String layout = "";

  @Option(
      names = "--host",
      paramLabel = "PATH",
      required = true,
      description = "A dump of the host, as for `plan`. May be given several times.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--guest",
      paramLabel = "FILE",
      description =
          "The guest's configuration, as for `plan`; it says which devices the guest is made with"
              + " instead of the plan.")
  private @Nullable String guest;

  @Option(
      names = "--policy",
      paramLabel = "WORD",
      defaultValue = "strict",
      description = "strict or relaxed, for events that say nothing. Default: ${DEFAULT-VALUE}.")
  private RdmPolicy policy = RdmPolicy.STRICT;

  @ArgGroup(exclusive = true, multiplicity = "1..*")
  private List<EventOption> events = new ArrayList<>();

  @Mixin private OutputOptions output = new OutputOptions();

  /** One event of the command line; a group keeps the order of both options. */
  static final class EventOption {
    @Option(
        names = "--attach",
        paramLabel = "DEVICE",
        required = true,
        description = "Gives a function, `0000:00:1d.0` or `0000:00:1d.0,relaxed`, to the guest.")
    private @Nullable String attach;

    @Option(
        names = "--detach",
        paramLabel = "DEVICE",
        required = true,
        description = "Takes a function from the guest.")
    private @Nullable String detach;

    private String text() {
      return attach != null ? attach : detach == null ? "" : detach;
    }
  }

  @Override
  public Integer call() {
    List<HotplugEvent> asked = events.stream().map(this::event).toList();
    String problem = usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(commandLine(), problem);
    }
    return output.write(commandLine(), out -> run(asked, out));
  }

  private HotplugEvent event(EventOption option) {
    String[] parts = option.text().split(",", -1);
    PciAddress device = PciAddress.parse(parts[0]);
    if (device == null) {
      throw new CommandLine.ParameterException(
          commandLine(), "not a device like 0000:00:1d.0: " + option.text());
    }
    if (option.attach == null) {
      if (parts.length > 1) {
        throw new CommandLine.ParameterException(
            commandLine(), "--detach takes no policy: " + option.text());
      }
      return new HotplugEvent(HotplugEvent.Action.DETACH, device, policy);
    }
    RdmPolicy stated =
        parts.length == 1
            ? policy
            : parts[1].equals(RdmPolicy.STRICT.word())
                ? RdmPolicy.STRICT
                : parts[1].equals(RdmPolicy.RELAXED.word()) ? RdmPolicy.RELAXED : null;
    if (stated == null || parts.length > 2) {
      throw new CommandLine.ParameterException(
          commandLine(), "after a device comes `,strict` or `,relaxed`: " + option.text());
    }
    return new HotplugEvent(HotplugEvent.Action.ATTACH, device, stated);
  }

  private @Nullable String usageProblem() {
    if (hosts.contains("") || layout.isEmpty() || "".equals(guest)) {
      return "a path must not be empty";
    }
    long standardInputs =
        Stream.of(layout, guest == null ? "" : guest).filter(Inputs.STANDARD_INPUT::equals).count()
            + (hosts.contains(Inputs.STANDARD_INPUT) ? 1 : 0);
    return standardInputs > 1
        ? "standard input can be read only once"
        : Inputs.usageProblem(hosts, "--host");
  }

  private int run(List<HotplugEvent> asked, PrintWriter out) {
    List<InputProblem> problems = new ArrayList<>();
    PlanDocument plan = Inputs.plan(layout, problems);
    Host host = Inputs.host(hosts, problems);
    GuestReader.Source read = guest == null ? null : Inputs.guest(guest, problems);
    if (plan == null || host == null || !problems.isEmpty()) {
      return unusable(problems, out);
    }
    List<PciAssignment> devices = plan.devices();
    Boolean passthrough = plan.passthrough();
    if (read != null) {
      devices = read.guest().devices();
      Stated<Boolean> stated = read.guest().pci().passthrough();
      passthrough = stated == null ? null : stated.value();
    }
    if (devices == null) {
      problems.add(
          Inputs.problem(
              layout, "says nothing of the guest's devices; name its configuration with --guest"));
      return unusable(problems, out);
    }
    try {
      HotplugReport report = HotplugGuest.run(plan, host, devices, passthrough, asked);
      out.print(output.isJson() ? HotplugJson.pretty(report) + "\n" : HotplugText.of(report));
      return report.failures() == 0 ? ExitCode.LAYOUT : ExitCode.CONFLICT;
    } catch (UnusableInput unusable) {
      return unusable(unusable.problems(), out);
    }
  }

  private int unusable(List<InputProblem> problems, PrintWriter out) {
    return Unusable.tell(
        commandLine(), problems, out, output.isJson() ? HotplugJson::unusable : null);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
