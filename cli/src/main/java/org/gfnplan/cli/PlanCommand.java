package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gfnplan.cli.render.HostPlanText;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.cli.render.ci.CiRun;
import org.gfnplan.cli.render.ci.JunitReport;
import org.gfnplan.cli.render.ci.SarifReport;
import org.gfnplan.cli.render.html.HtmlReport;
import org.gfnplan.cli.render.map.MapReport;
import org.gfnplan.models.export.ExportFormat;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostPlanJson;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.PlanJson;
import org.gfnplan.solver.answer.Conflict;
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
  private static final String TEXT = "text";
  private static final String JSON = "json";
  private static final String HTML = "html";
  private static final String SVG = "svg";
  private static final String SARIF = "sarif";
  private static final String JUNIT = "junit";

  /** The forms that show the answer itself; the others export a layout. */
  private static final List<String> OWN = List.of(TEXT, JSON, HTML, SVG, SARIF, JUNIT);

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PlanningOptions planning = new PlanningOptions();

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Plans each line of FILE, {\"host\":..., \"guest\":...} with paths or documents, and"
              + " answers with one JSON line each; `-` reads standard input.")
  private @Nullable String batch;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = TEXT,
      completionCandidates = Forms.class,
      description =
          "text, json, html (a report in one file), svg (the address map alone), sarif or junit"
              + " (for continuous integration), or a form of `gfnplan export`. Default:"
              + " ${DEFAULT-VALUE}.")
  private String format = TEXT;

  @Mixin private FailOn failOn = new FailOn();

  @Mixin private ProofOption proof = new ProofOption();

  @Mixin private LineOutput output = new LineOutput();

  @Override
  public Integer call() {
    String problem = usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(commandLine(), problem);
    }
    if (batch != null) {
      String named = batch;
      return output.write(
          commandLine(),
          out -> {
            try (Lines lines = Lines.of(named)) {
              return new Batch(planning.planner(), failOn, named).run(lines, out);
            }
          });
    }
    ExportFormat export = ExportFormat.of(form());
    if (export != null) {
      return Exporting.run(commandLine(), planning, export, output);
    }
    return output.write(
        commandLine(), out -> proof.write(commandLine(), target -> one(out, target)));
  }

  private int one(PrintWriter out, ProofOption.Target target) {
    try {
      if (planning.hasSeveralGuests()) {
        HostPlan together = planning.planTogether();
        int code = failOn.code(together);
        out.print(rendered(together, code));
        return code;
      }
      Plan plan = planning.plan();
      target.put(plan, plan.answer() instanceof Conflict conflict ? List.of(conflict) : List.of());
      int code = failOn.code(plan);
      out.print(rendered(plan, code));
      return code;
    } catch (UnusableInput unusable) {
      return unusable(unusable.problems(), out);
    }
  }

  private String rendered(Plan plan, int code) {
    return switch (form()) {
      case JSON -> PlanJson.pretty(plan) + "\n";
      case HTML -> HtmlReport.of(plan);
      case SVG -> MapReport.of(plan);
      case SARIF -> SarifReport.of(run(code), plan) + "\n";
      case JUNIT -> JunitReport.of(run(code), plan, PlanText.of(plan)) + "\n";
      default -> PlanText.of(plan);
    };
  }

  private String rendered(HostPlan plan, int code) {
    return switch (form()) {
      case JSON -> HostPlanJson.pretty(plan) + "\n";
      case HTML -> HtmlReport.of(plan);
      case SVG -> MapReport.of(plan);
      case SARIF -> SarifReport.of(run(code), plan) + "\n";
      case JUNIT -> JunitReport.of(run(code), plan) + "\n";
      default -> HostPlanText.of(plan);
    };
  }

  private int unusable(List<InputProblem> problems, PrintWriter out) {
    return Unusable.tell(
        commandLine(),
        problems,
        out,
        switch (form()) {
          case JSON -> PlanJson::unusablePretty;
          case SARIF -> sorted -> SarifReport.unusable(run(ExitCode.UNUSABLE), sorted);
          case JUNIT -> sorted -> JunitReport.unusable(run(ExitCode.UNUSABLE), sorted);
          default -> null;
        });
  }

  private CiRun run(int code) {
    return new CiRun(Version.number(), planning.inputs(), failOn.least(), code);
  }

  private @Nullable String usageProblem() {
    String problem = planning.usageProblem();
    if (problem != null) {
      return problem;
    }
    if ("".equals(batch)) {
      return "a path must not be empty";
    }
    boolean isForm = ExportFormat.of(form()) != null;
    if (!isForm && !OWN.contains(form())) {
      return "--format must be one of %s: %s".formatted(String.join(", ", new Forms()), format);
    }
    if (isForm && planning.hasSeveralGuests()) {
      return "a form of export takes one guest";
    }
    if (isForm && failOn.least() != null) {
      return "--fail-on takes no form of export, which does not show findings";
    }
    if (proof.isAsked() && (isForm || batch != null || planning.hasSeveralGuests())) {
      return "--proof takes one guest, and no form of export";
    }
    if (batch == null) {
      return planning.sourceProblem("--host and --guest are needed, or --batch");
    }
    if (!form().equals(TEXT) && !form().equals(JSON)) {
      return "--batch answers in JSON: leave --format out";
    }
    return planning.isUnnamed()
        ? null
        : "--batch names hosts and guests itself: leave --host and --guest out";
  }

  private String form() {
    return format.toLowerCase(Locale.ROOT);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }

  /** What a shell may complete. */
  private static final class Forms implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(OWN.stream(), ExportFormat.words().stream()).iterator();
    }
  }
}
