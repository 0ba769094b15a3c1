package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.gfnplan.cli.render.ExplainText;
import org.gfnplan.cli.render.HostPlanText;
import org.gfnplan.cli.render.ci.CiRun;
import org.gfnplan.cli.render.ci.JunitReport;
import org.gfnplan.cli.render.ci.SarifReport;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.ExplainJson;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.solver.explain.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan explain}: why there is no layout, one conflict or all of them. */
@Command(
    name = "explain",
    description = {
      "Says why a guest has no layout: one minimal conflict, or all of them and all minimal"
          + " corrections.",
      "The exit code is 1 when there is a conflict and 0 when there is nothing to explain."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  /** The forms of an explanation. */
  enum Form {
    TEXT,
    JSON,
    SARIF,
    JUNIT
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PlanningOptions planning = new PlanningOptions();

  @Option(
      names = "--all",
      description = "Prints all minimal conflicts and all minimal corrections, numbered.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The most conflicts and the most corrections. Default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(
      names = "--choose",
      paramLabel = "WORD",
      description =
          "smallest (fewest statements) or cheapest (what costs least to take back): the one"
              + " conflict and correction to print, or with --all the order of them.")
  private Explained.@Nullable Choice choice;

  @Mixin private ProofOption proof = new ProofOption();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "text",
      description =
          "text, json, or sarif or junit for continuous integration. Default: ${DEFAULT-VALUE}.")
  private Form form = Form.TEXT;

  @Mixin private FailOn failOn = new FailOn();

  @Mixin private LineOutput output = new LineOutput();

  @Override
  public Integer call() {
    String problem = usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(commandLine(), problem);
    }
    return output.write(
        commandLine(), out -> proof.write(commandLine(), target -> one(out, target)));
  }

  private int one(PrintWriter out, ProofOption.Target target) {
    try {
      if (planning.hasSeveralGuests()) {
        HostPlan together = planning.planTogether();
        int code = failOn.code(together);
        out.print(rendered(together, run(code)));
        return code;
      }
      Explained known = known();
      Explained explained = all || choice == null ? known : known.first();
      target.put(explained.plan(), CiRun.conflicts(explained));
      int code = failOn.code(explained.plan());
      out.print(rendered(explained, known, run(code)));
      return code;
    } catch (UnusableInput unusable) {
      return Unusable.tell(
          commandLine(),
          unusable.problems(),
          out,
          switch (form) {
            case TEXT -> null;
            case JSON -> ExplainJson::unusablePretty;
            case SARIF -> problems -> SarifReport.unusable(run(ExitCode.UNUSABLE), problems);
            case JUNIT -> problems -> JunitReport.unusable(run(ExitCode.UNUSABLE), problems);
          });
    }
  }

  private String rendered(HostPlan plan, CiRun run) {
    return switch (form) {
      case TEXT -> HostPlanText.of(plan);
      case JSON -> ExplainJson.pretty(plan) + "\n";
      case SARIF -> SarifReport.of(run, plan) + "\n";
      case JUNIT -> JunitReport.of(run, plan) + "\n";
    };
  }

  private String rendered(Explained explained, Explained known, CiRun run) {
    return switch (form) {
      case TEXT -> ExplainText.of(explained, known);
      case JSON -> ExplainJson.pretty(explained) + "\n";
      case SARIF -> SarifReport.of(run, explained) + "\n";
      case JUNIT -> JunitReport.of(run, explained.plan(), ExplainText.of(explained, known)) + "\n";
    };
  }

  private CiRun run(int code) {
    return new CiRun(Version.number(), planning.inputs(), failOn.least(), code);
  }

  /** What is known, in the order that is asked for. */
  private Explained known() throws UnusableInput {
    Explained.Choice wanted = choice;
    if (wanted == null) {
      return planning.explain(all ? Limits.of(limit) : null);
    }
    return planning.explain(Limits.of(limit)).ordered(wanted);
  }

  private @Nullable String usageProblem() {
    String problem = planning.usageProblem();
    if (problem != null) {
      return problem;
    }
    if (limit < 1 || limit > MOST) {
      return "--limit must be from 1 to %d: %d".formatted(MOST, limit);
    }
    if (planning.hasSeveralGuests() && (all || choice != null || proof.isAsked())) {
      return "--all, --choose and --proof take one guest";
    }
    return planning.sourceProblem("--host and --guest are needed");
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
