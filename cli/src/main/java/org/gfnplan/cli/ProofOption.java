package org.gfnplan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.models.proof.ProofJson;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the proof of a conflict goes, when it is asked for. */
final class ProofOption {
  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description =
          "Writes a conflict to FILE with all that is needed to verify it; see `gfnplan check`.")
  private @Nullable Path file;

  /** Whether a proof is asked for. */
  boolean isAsked() {
    return file != null;
  }

  /** Opens the file before any work, runs {@code body} and returns its exit code. */
  int write(CommandLine command, Body body) {
    Path target = file;
    if (target == null) {
      return body.run((plan, conflicts) -> {});
    }
    try (Sink out = Sink.of(target)) {
      int code = body.run((plan, conflicts) -> out.println(document(plan, conflicts)));
      String loss = Sink.loss(out);
      return loss == null ? code : refuse(command, target, loss);
    } catch (IOException e) {
      return refuse(command, target, FileFailure.writing(e));
    }
  }

  private static String document(Plan plan, List<Conflict> conflicts) {
    return plan.verdict() == Verdict.CONFLICT
        ? ProofJson.pretty(
            new Proof(
                plan.scene().host().name(),
                plan.scene().guest().name(),
                plan.platform(),
                plan.problem(),
                conflicts))
        : ProofJson.without(plan.verdict().word());
  }

  private static int refuse(CommandLine command, Path target, String reason) {
    command.getErr().println("error: %s: %s".formatted(target, reason));
    return ExitCode.UNUSABLE;
  }

  /** Takes the proof of a plan. */
  @FunctionalInterface
  interface Target {
    /** Writes the conflicts of the plan; when it ended otherwise, that it did. */
    void put(Plan plan, List<Conflict> conflicts);
  }

  /** Does the work that a proof comes from. */
  @FunctionalInterface
  interface Body {
    /** Gives the proof to {@code target} and returns the exit code. */
    int run(Target target);
  }
}
