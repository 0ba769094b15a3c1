package org.gfnplan.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;

/** The members of a conflict and the deductions from them, as lines. */
public final class ConflictText {
  private ConflictText() {}

  /** The lines; {@code words} says what a deduction means. */
  static List<String> of(Conflict conflict, Function<Step, String> words) {
    List<String> lines = new ArrayList<>();
    List<Statement> members = conflict.statements();
    lines.add(
        members.size() == 1
            ? "  this cannot hold:"
            : "  these %d statements cannot hold together:".formatted(members.size()));
    for (int i = 0; i < members.size(); i++) {
      Statement statement = members.get(i);
      lines.add("    %d. %s".formatted(i + 1, statement.text()));
      lines.add("       %s %s".formatted(statement.id(), place(statement.origin())));
    }
    lines.add("");
    boolean first = true;
    for (Step step : conflict.steps()) {
      lines.add(
          "  %sbecause of %s, %s"
              .formatted(first ? "" : "and ", numbers(step, members), words.apply(step)));
      first = false;
    }
    return lines;
  }

  /** Where a statement comes from, and the words there. */
  static String place(Origin origin) {
    return origin.text().isEmpty()
        ? origin.shortForm()
        : "%s: %s".formatted(origin.shortForm(), origin.text());
  }

  /** The members a deduction rests on, by number: {@code 1, 2 and 4}. */
  public static String numbers(Step step, List<Statement> members) {
    List<String> numbers =
        step.because().stream().map(why -> Integer.toString(members.indexOf(why) + 1)).toList();
    if (numbers.size() < 2) {
      return String.join("", numbers);
    }
    int last = numbers.size() - 1;
    return String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last);
  }
}
