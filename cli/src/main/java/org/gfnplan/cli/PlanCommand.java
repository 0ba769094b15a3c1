package org.gfnplan.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.HostPlanner;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.cli.render.HostPlanText;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostPlanJson;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.PlanJson;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.search.Budget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan plan}: a checked layout, or an explained conflict. */
@Command(
    name = "plan",
    description = "Finds a layout for a guest on a host, or explains the conflict.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "PATH",
      description =
          "A dump of the host: a directory or a file with ACPI tables, acpidump text, a kernel or"
              + " Xen boot log, or a host document. May be given several times; a single `-` reads"
              + " one from standard input.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--guest",
      paramLabel = "FILE",
      description =
          "The guest: an xl.cfg, libvirt's domain XML, a QEMU command line or a guest document;"
              + " `-` reads standard input. Given several times, all of them run on the host, and"
              + " what they may not share is planned too.")
  private List<String> guests = new ArrayList<>();

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Plans each line of FILE, {\"host\":..., \"guest\":...} with paths or documents"
              + " (or \"guests\": [...]), and answers with one JSON line each; `-` reads standard"
              + " input.")
  private @Nullable String batch;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description =
          "xen-hvm, xen-pvh, qemu-pc, qemu-q35, qemu-microvm, or ideal (no tool's limits); by"
              + " default what the guest is for.")
  private @Nullable String platform;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, exact, cp-sat or choco. Default: ${DEFAULT-VALUE}.")
  private EngineChoice engine = EngineChoice.AUTO;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How much work an engine may do before it gives up.")
  private long steps = Budget.DEFAULT.steps();

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      description =
          "Wall time after which to give up, from 0.001. Without it there is no limit but --steps,"
              + " and answers do not depend on the machine.")
  private @Nullable Double seconds;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String problem = usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(commandLine(), problem);
    }
    Budget budget =
        new Budget(
            steps, seconds == null ? null : Duration.ofNanos((long) (seconds * 1_000_000_000L)));
    Planner planner = new Planner(engine.solver(), budget);
    if (batch != null) {
      String named = batch;
      return output.write(
          commandLine(),
          out -> {
            try (Lines lines = Lines.of(named)) {
              return new Batch(planner, named).run(lines, out);
            }
          });
    }
    return output.write(commandLine(), out -> one(planner, out));
  }

  private int one(Planner planner, PrintWriter out) {
    List<InputProblem> problems = new ArrayList<>();
    Host host = Inputs.host(hosts, problems);
    List<Tenant> tenants = new ArrayList<>();
    for (String source : guests) {
      Guest read = Inputs.guest(source, problems);
      if (read != null) {
        tenants.add(new Tenant(read, platform(read)));
      }
    }
    if (host == null || !problems.isEmpty()) {
      return unusable(problems, out);
    }
    try {
      return tenants.size() == 1
          ? alone(planner, new Scene(host, tenants.get(0).guest()), tenants.get(0), out)
          : together(planner, host, tenants, out);
    } catch (UnusableInput unusable) {
      return unusable(unusable.problems(), out);
    }
  }

  private int alone(Planner planner, Scene scene, Tenant tenant, PrintWriter out)
      throws UnusableInput {
    Plan plan = planner.plan(scene, Platforms.of(tenant.platform()));
    out.print(output.isJson() ? PlanJson.pretty(plan) + "\n" : PlanText.of(plan));
    return ExitCode.of(plan.verdict());
  }

  private int together(Planner planner, Host host, List<Tenant> tenants, PrintWriter out)
      throws UnusableInput {
    HostPlan plan = new HostPlanner(planner).plan(host, tenants);
    out.print(output.isJson() ? HostPlanJson.pretty(plan) + "\n" : HostPlanText.of(plan));
    return ExitCode.of(plan.verdict());
  }

  private int unusable(List<InputProblem> problems, PrintWriter out) {
    List<InputProblem> sorted = problems.stream().sorted().distinct().toList();
    commandLine().getErr().print(PlanText.of(sorted));
    commandLine().getErr().flush();
    if (output.isJson()) {
      out.println(PlanJson.unusablePretty(sorted));
    }
    return ExitCode.UNUSABLE;
  }

  private Stated<PlatformName> platform(Guest read) {
    PlatformName named = platform == null ? null : PlatformName.of(platform);
    return named == null
        ? read.platform()
        : Stated.by(named, Origin.builtIn("--platform", named.word()));
  }

  private @Nullable String usageProblem() {
    if (platform != null && PlatformName.of(platform) == null) {
      return "--platform must be one of %s: %s"
          .formatted(String.join(", ", PlatformName.words()), platform);
    }
    if (steps < 1) {
      return "--steps must be at least 1: " + steps;
    }
    if (seconds != null && !(seconds >= 0.001 && seconds < 1e9)) {
      return "--time must be a number of seconds, at least 0.001 and less than 1e9: " + seconds;
    }
    if (hosts.contains("") || guests.contains("") || "".equals(batch)) {
      return "a path must not be empty";
    }
    if (batch != null) {
      return hosts.isEmpty() && guests.isEmpty()
          ? null
          : "--batch names hosts and guests itself: leave --host and --guest out";
    }
    if (hosts.isEmpty() || guests.isEmpty()) {
      return "--host and --guest are needed, or --batch";
    }
    String mixed = Inputs.usageProblem(hosts, "--host");
    if (mixed != null) {
      return mixed;
    }
    return Stream.concat(hosts.stream(), guests.stream())
                .filter(Inputs.STANDARD_INPUT::equals)
                .count()
            > 1
        ? "standard input can be read only once"
        : null;
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
