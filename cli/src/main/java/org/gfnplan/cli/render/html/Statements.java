package org.gfnplan.cli.render.html;

import java.util.List;
import java.util.function.Function;
import org.gfnplan.cli.render.ConflictText;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;

/** The members of a conflict with the lines of the input they come from, and what follows. */
final class Statements {
  private final Conflict conflict;
  private final Function<Step, String> words;

  /** A list; {@code words} says what a deduction means. */
  Statements(Conflict conflict, Function<Step, String> words) {
    this.conflict = conflict;
    this.words = words;
  }

  /** What it comes to, to be seen first. */
  void callout(Markup out) {
    List<Step> steps = conflict.steps();
    if (!steps.isEmpty()) {
      out.open("div", "class", "callout why");
      out.open("p").open("strong").words(words.apply(steps.get(steps.size() - 1)));
      out.close().close().close();
    }
  }

  void list(Markup out, String heading) {
    List<Statement> members = conflict.statements();
    out.leaf(
        heading,
        members.size() == 1
            ? "This cannot hold"
            : "These %d statements cannot hold together".formatted(members.size()));
    out.open("ol", "class", "rules");
    for (Statement statement : members) {
      out.open("li").words(statement.text());
      quote(out, statement.origin(), statement.id());
      out.close();
    }
    out.close();
    out.open("ul");
    for (Step step : conflict.steps()) {
      out.open("li").text("because of %s, ".formatted(ConflictText.numbers(step, members)));
      out.words(words.apply(step)).close();
    }
    out.close();
    out.leaf("p", "Checked again by other code; each statement is needed.", "class", "quiet");
  }

  /** The words of the input and where they stand. */
  static void quote(Markup out, Origin origin, String id) {
    out.open("span", "class", "quote");
    out.leaf(
        "span",
        id.isEmpty() ? origin.shortForm() : id + " · " + origin.shortForm(),
        "class",
        "quiet");
    if (!origin.text().isEmpty()) {
      out.leaf("code", origin.text());
    }
    out.close();
  }
}
