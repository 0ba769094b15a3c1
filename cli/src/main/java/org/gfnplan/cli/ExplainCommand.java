package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.cli.render.ExplainText;
import org.gfnplan.cli.render.HostPlanText;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.ExplainJson;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Enumeration;
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

  @Mixin private OutputOptions output = new OutputOptions();

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
        out.print(
            output.isJson() ? ExplainJson.pretty(together) + "\n" : HostPlanText.of(together));
        return ExitCode.of(together.verdict());
      }
      Explained known = known();
      Explained explained = all || choice == null ? known : known.first();
      target.put(explained.plan(), conflicts(explained));
      out.print(
          output.isJson()
              ? ExplainJson.pretty(explained) + "\n"
              : ExplainText.of(explained, known));
      return ExitCode.of(explained.plan().verdict());
    } catch (UnusableInput unusable) {
      return Unusable.tell(
          commandLine(),
          unusable.problems(),
          out,
          output.isJson() ? ExplainJson::unusablePretty : null);
    }
  }

  /** What is known, in the order that is asked for. */
  private Explained known() throws UnusableInput {
    Explained.Choice wanted = choice;
    if (wanted == null) {
      return planning.explain(all ? Limits.of(limit) : null);
    }
    return planning.explain(Limits.of(limit)).ordered(wanted);
  }

  private static List<Conflict> conflicts(Explained explained) {
    Enumeration found = explained.all();
    if (found != null) {
      return found.knots().stream()
          .flatMap(knot -> knot.conflicts().stream())
          .map(reason -> reason.conflict())
          .toList();
    }
    return explained.plan().answer() instanceof Conflict conflict ? List.of(conflict) : List.of();
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
