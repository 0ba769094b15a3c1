package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.cli.planning.ProofCheck;
import org.gfnplan.cli.render.CaptureText;
import org.gfnplan.cli.render.CheckText;
import org.gfnplan.cli.render.StartText;
import org.gfnplan.models.capture.CaptureJson;
import org.gfnplan.models.capture.CaptureReport;
import org.gfnplan.models.capture.Captured;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.proof.CheckJson;
import org.gfnplan.models.proof.CheckedProof;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.report.StartJson;
import org.gfnplan.models.report.StartReport;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan check}: judges a guest as it is, a layout that was captured, or a proof. */
@Command(
    name = "check",
    description = {
      "With --host and --guest: what today's programs do with the guest as it is configured, step"
          + " by step, with the lines they log. With --layout and --captured: whether a running"
          + " guest's layout is the planned one, and consistent. With --proof: whether the proof of"
          + " a conflict is right, by the independent checkers; nothing is searched.",
      "The exit code is 0 when all is well, 1 when it is not, and 3 when a proof rests on a search,"
          + " which cannot be verified without one."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "PATH",
      description = "A dump of the host, as for `plan`. May be given several times.")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--guest", paramLabel = "FILE", description = "The guest, as for `plan`.")
  private @Nullable String guest;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description =
          "xen-hvm, xen-pvh, qemu-pc, qemu-q35 or qemu-microvm; by default what the guest is for.")
  private @Nullable String platform;

  @Mixin private ReleaseOptions releases = new ReleaseOptions();

  @Option(
      names = "--layout",
      paramLabel = "PLAN",
      description = "The plan of a guest, from `plan --format json`; `-` reads standard input.")
  private @Nullable String layout;

  @Option(
      names = "--captured",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "What programs say of the running guest: its kernel log or /proc/iomem, `xl dmesg` with"
              + " hvmloader's lines, QEMU's `info mtree`, or its answers over QMP. May be given"
              + " several times.")
  private List<String> captured = new ArrayList<>();

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "What `plan --proof` or `explain --proof` wrote; `-` reads standard input.")
  private @Nullable String proof;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String problem = usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(commandLine(), problem);
    }
    String plan = layout;
    String claim = proof;
    String file = guest;
    return output.write(
        commandLine(),
        out -> {
          try {
            return claim != null
                ? proof(claim, out)
                : plan != null ? layout(plan, out) : start(file == null ? "" : file, out);
          } catch (UnusableInput unusable) {
            return unusable(unusable.problems(), out);
          }
        });
  }

  private @Nullable String usageProblem() {
    boolean starts = !hosts.isEmpty() || guest != null || platform != null || releases.isStated();
    boolean captures = layout != null || !captured.isEmpty();
    int forms = (starts ? 1 : 0) + (captures ? 1 : 0) + (proof != null ? 1 : 0);
    if (forms != 1
        || (starts && (hosts.isEmpty() || guest == null))
        || (captures && (layout == null || captured.isEmpty()))) {
      return "give --host and --guest, or --layout and --captured, or --proof";
    }
    List<String> sources =
        Stream.of(hosts.stream(), captured.stream(), Stream.of(guest, layout, proof))
            .flatMap(each -> each)
            .filter(each -> each != null)
            .toList();
    if (sources.contains("")) {
      return "a path must not be empty";
    }
    if (platform != null && namedPlatform() == null) {
      return "--platform must be one of %s: %s"
          .formatted(String.join(", ", PlatformName.words()), platform);
    }
    String release = releases.usageProblem();
    if (release != null) {
      return release;
    }
    String mixed = Inputs.usageProblem(hosts, "--host");
    if (mixed != null) {
      return mixed;
    }
    return sources.stream().filter(Inputs.STANDARD_INPUT::equals).count() > 1
        ? "standard input can be read only once"
        : null;
  }

  private @Nullable PlatformName namedPlatform() {
    return platform == null ? null : PlatformName.of(platform);
  }

  private int start(String file, PrintWriter out) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    Host host = Inputs.host(hosts, problems);
    GuestReader.Source source = Inputs.guest(file, problems);
    if (host == null || source == null) {
      throw new UnusableInput(problems);
    }
    Guest read = source.guest();
    PlatformName named = namedPlatform();
    Stated<PlatformName> name =
        named == null
            ? read.platform()
            : Stated.by(named, Origin.builtIn("--platform", named.word()));
    Scene scene = new Scene(host, read);
    Platform programs = Platforms.of(name, releases.releases());
    List<InputProblem> unfit = new ArrayList<>(programs.unusable(scene));
    if (name.value() == PlatformName.IDEAL) {
      unfit.add(new InputProblem(name.origin(), "no program starts a guest of `ideal`"));
    }
    if (!unfit.isEmpty()) {
      throw new UnusableInput(unfit);
    }
    StartReport report =
        new StartReport(programs.name(), scene, programs.today(scene), programs.findings(scene));
    out.print(output.isJson() ? StartJson.pretty(report) + "\n" : StartText.of(report));
    return report.verdict() == Stage.Verdict.OK ? ExitCode.LAYOUT : ExitCode.CONFLICT;
  }

  private int layout(String plan, PrintWriter out) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    PlanDocument planned = Inputs.plan(plan, problems);
    List<Captured> files = new ArrayList<>();
    for (String source : captured) {
      byte[] bytes = Inputs.bytes(source, problems);
      try {
        if (bytes != null) {
          files.add(Captured.read(Inputs.name(source), bytes));
        }
      } catch (UnusableInput unusable) {
        problems.addAll(unusable.problems());
      }
    }
    if (planned == null || !problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    CaptureReport report = CaptureReport.of(planned, files);
    out.print(output.isJson() ? CaptureJson.pretty(report) + "\n" : CaptureText.of(report));
    return report.isFine() ? ExitCode.LAYOUT : ExitCode.CONFLICT;
  }

  private int proof(String file, PrintWriter out) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    Proof read = Inputs.proof(file, problems);
    if (read == null) {
      throw new UnusableInput(problems);
    }
    CheckedProof checked = ProofCheck.of(read);
    out.print(output.isJson() ? CheckJson.pretty(checked) + "\n" : CheckText.of(checked));
    return switch (checked.verdict()) {
      case VERIFIED -> ExitCode.LAYOUT;
      case SEARCHED -> ExitCode.UNDECIDED;
      case WRONG -> ExitCode.CONFLICT;
    };
  }

  private int unusable(List<InputProblem> problems, PrintWriter out) {
    return Unusable.tell(
        commandLine(), problems, out, output.isJson() ? CheckJson::unusablePretty : null);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
