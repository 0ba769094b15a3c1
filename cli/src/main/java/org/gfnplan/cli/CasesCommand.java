package org.gfnplan.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.xen.CaseText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gfnplan predict PARTY}: each case of a file, completed. */
@Command(mixinStandardHelpOptions = true)
final class CasesCommand implements Callable<Integer> {
  private static final int MOST_CHARACTERS = 64 << 20;

  private final Party party;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON lines; `-` reads standard input. One JSON list of all cases is answered by one"
              + " list.")
  private String cases = "";

  @Mixin private ReleaseOptions releases = new ReleaseOptions();

  @Mixin private LineOutput output = new LineOutput();

  CasesCommand(Party party) {
    this.party = party;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    CommandLine command = spec.commandLine();
    String problem = releases.usageProblem();
    if (problem != null) {
      throw new CommandLine.ParameterException(command, problem);
    }
    return output.write(command, out -> complete(out, command.getErr()));
  }

  private int complete(PrintWriter out, PrintWriter err) throws UnusableInput {
    try (Lines lines = Lines.of(cases)) {
      String line = lines.next();
      if (line != null && line.stripLeading().startsWith("[")) {
        return completeList(rest(line, lines), out, err);
      }
      int code = ExitCode.LAYOUT;
      // Nobody reads on behind a closed pipe.
      for (; line != null && !out.checkError(); line = lines.next()) {
        Answer answer = answer(line);
        out.println(answer.text());
        if (answer.problem() != null) {
          code = ExitCode.UNUSABLE;
          err.println("error: %s:%d: %s".formatted(cases, lines.number(), answer.problem()));
        }
      }
      return code;
    }
  }

  private int completeList(String document, PrintWriter out, PrintWriter err) throws UnusableInput {
    List<String> listed;
    try {
      listed = CaseText.lines(document);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
    int code = ExitCode.LAYOUT;
    List<Answer> answers = listed.stream().map(this::answer).toList();
    for (int i = 0; i < answers.size(); i++) {
      String problem = answers.get(i).problem();
      if (problem != null) {
        code = ExitCode.UNUSABLE;
        err.println("error: %s: case %d: %s".formatted(cases, i + 1, problem));
      }
    }
    out.print(CaseText.list(answers.stream().map(Answer::text).toList()));
    return code;
  }

  private String rest(String first, Lines lines) throws UnusableInput {
    StringBuilder document = new StringBuilder();
    for (String line = first; line != null; line = lines.next()) {
      document.append(line).append('\n');
      if (document.length() > MOST_CHARACTERS) {
        throw unusable("a list of more than %d MiB".formatted(MOST_CHARACTERS >> 20));
      }
    }
    return document.toString();
  }

  private UnusableInput unusable(@Nullable String message) {
    return new UnusableInput(
        List.of(Inputs.problem(Inputs.name(cases), message == null ? "no cases" : message)));
  }

  private Answer answer(String line) {
    try {
      return new Answer(party.complete(line, releases.releases()), null);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      return new Answer(CaseText.refusal(why), why);
    }
  }

  private record Answer(String text, @Nullable String problem) {}
}
