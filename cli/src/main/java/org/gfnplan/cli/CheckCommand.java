package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.cli.planning.ProofCheck;
import org.gfnplan.cli.render.CheckText;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.proof.CheckJson;
import org.gfnplan.models.proof.CheckedProof;
import org.gfnplan.models.proof.Proof;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan check}: judges what somebody claims. */
@Command(
    name = "check",
    description = {
      "Verifies the proof of a conflict with the independent checkers; nothing is searched.",
      "The exit code is 0 when everything was verified, 1 when the proof is wrong, and 3 when it"
          + " rests on a search, which cannot be verified without one."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      required = true,
      description = "What `plan --proof` or `explain --proof` wrote; `-` reads standard input.")
  private String proof = "";

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (proof.isEmpty()) {
      throw new CommandLine.ParameterException(commandLine(), "a path must not be empty");
    }
    return output.write(commandLine(), this::one);
  }

  private int one(PrintWriter out) {
    List<InputProblem> problems = new ArrayList<>();
    Proof read = Inputs.proof(proof, problems);
    if (read == null) {
      return Unusable.tell(
          commandLine(), problems, out, output.isJson() ? CheckJson::unusablePretty : null);
    }
    CheckedProof checked = ProofCheck.of(read);
    out.print(output.isJson() ? CheckJson.pretty(checked) + "\n" : CheckText.of(checked));
    return switch (checked.verdict()) {
      case VERIFIED -> ExitCode.LAYOUT;
      case SEARCHED -> ExitCode.UNDECIDED;
      case WRONG -> ExitCode.CONFLICT;
    };
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return spec.commandLine();
  }
}
