package org.gfnplan.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.HostPlanner;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;
import org.gfnplan.solver.explain.Limits;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.search.Budget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is planned, for which platform, and how hard to try. */
final class PlanningOptions {
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
              + " `-` reads standard input. `plan` takes several: all of them run on the host, and"
              + " what they may not share is planned too.")
  private List<String> guests = new ArrayList<>();

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description =
          "xen-hvm, xen-pvh, qemu-pc, qemu-q35, qemu-microvm, or ideal (no tool's limits); by"
              + " default what the guest is for.")
  private @Nullable String platform;

  @Mixin private ReleaseOptions releases = new ReleaseOptions();

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

  /** What the command line names: each source, and as documents of it are called. */
  List<String> inputs() {
    return Stream.concat(hosts.stream(), guests.stream())
        .flatMap(source -> Stream.of(Inputs.name(source), Inputs.documentName(source)))
        .distinct()
        .toList();
  }

  /** Whether no host and no guest is named. */
  boolean isUnnamed() {
    return hosts.isEmpty() && guests.isEmpty();
  }

  /** What is wrong with how hard to try, and for whom; null when nothing is. */
  @Nullable String usageProblem() {
    if (platform != null && PlatformName.of(platform) == null) {
      return "--platform must be one of %s: %s"
          .formatted(String.join(", ", PlatformName.words()), platform);
    }
    String release = releases.usageProblem();
    if (release != null) {
      return release;
    }
    if (steps < 1) {
      return "--steps must be at least 1: " + steps;
    }
    if (seconds != null && !(seconds >= 0.001 && seconds < 1e9)) {
      return "--time must be a number of seconds, at least 0.001 and less than 1e9: " + seconds;
    }
    return hosts.contains("") || guests.contains("") ? "a path must not be empty" : null;
  }

  /** What is wrong with the host and the guest; null when nothing is. */
  @Nullable String sourceProblem(String needed) {
    if (hosts.isEmpty() || guests.isEmpty()) {
      return needed;
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

  /** Who plans. */
  Planner planner() {
    Double limit = seconds;
    return new Planner(
        engine.solver(),
        new Budget(steps, limit == null ? null : Duration.ofNanos((long) (limit * 1_000_000_000L))),
        releases.releases());
  }

  /** Whether more than one guest is named. */
  boolean hasSeveralGuests() {
    return guests.size() > 1;
  }

  /** The plan of the named guest on the named host. */
  Plan plan() throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    List<Tenant> tenants = tenants(problems);
    Host host = host(problems);
    Tenant tenant = tenants.get(0);
    Planner planner = planner();
    return planner.plan(
        new Scene(host, tenant.guest(), tenant.text()), planner.platform(tenant.platform()));
  }

  /** The plan of the named guest, and when limits are given all conflicts within them. */
  Explained explain(@Nullable Limits limits) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    List<Tenant> tenants = tenants(problems);
    Host host = host(problems);
    Tenant tenant = tenants.get(0);
    Planner planner = planner();
    return planner.explain(
        new Scene(host, tenant.guest(), tenant.text()),
        planner.platform(tenant.platform()),
        limits);
  }

  /** The plan of all named guests on the named host. */
  HostPlan planTogether() throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    List<Tenant> tenants = tenants(problems);
    return new HostPlanner(planner()).plan(host(problems), tenants);
  }

  private List<Tenant> tenants(List<InputProblem> problems) {
    List<Tenant> tenants = new ArrayList<>();
    for (String source : guests) {
      GuestReader.Source read = Inputs.guest(source, problems);
      if (read != null) {
        PlatformName named = platform == null ? null : PlatformName.of(platform);
        tenants.add(
            new Tenant(
                read.guest(),
                named == null
                    ? read.guest().platform()
                    : Stated.by(named, Origin.builtIn("--platform", named.word())),
                read.text()));
      }
    }
    return tenants;
  }

  /** The host, unless it or a guest has problems. */
  private Host host(List<InputProblem> problems) throws UnusableInput {
    Host host = Inputs.host(hosts, problems);
    if (host == null || !problems.isEmpty()) {
      throw new UnusableInput(problems.stream().sorted().distinct().toList());
    }
    return host;
  }
}
