package org.gfnplan.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.solver.answer.Correction;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Knot;
import org.gfnplan.solver.answer.Reason;
import org.gfnplan.solver.problem.Statement;

/** Conflicts and corrections as text: each conflict, and what to leave out against it. */
public final class ExplainText {
  private static final int MOST_ALIKE = 3;

  private final Explained explained;
  private final Explained known;
  private final WrappedText out = new WrappedText();

  private ExplainText(Explained explained, Explained known) {
    this.explained = explained;
    this.known = known;
  }

  /** The text, with a newline at the end; {@code known} is what {@code shown} was chosen from. */
  public static String of(Explained shown, Explained known) {
    return new ExplainText(shown, known).text();
  }

  private String text() {
    Plan plan = explained.plan();
    String guest = plan.scene().guest().name();
    String host = plan.scene().host().name();
    Enumeration all = explained.all();
    switch (plan.verdict()) {
      case LAYOUT -> {
        out.line("layout: guest `%s` fits on host `%s`".formatted(guest, host));
        out.line("note: there is nothing to explain; `gfnplan plan` prints the layout");
        plan.findings().forEach(finding -> out.line(PlanText.words(finding)));
      }
      case CONFLICT -> {
        if (all == null) {
          return PlanText.of(plan);
        }
        out.line("error: guest `%s` has no gfn layout on host `%s`".formatted(guest, host));
        all(all);
      }
      case UNDECIDED -> {
        return PlanText.of(plan);
      }
    }
    return out.toString();
  }

  private void all(Enumeration all) {
    Enumeration whole = known.all();
    int total = whole == null ? all.conflicts() : whole.conflicts();
    int number = 0;
    int correction = 0;
    for (Knot knot : all.knots()) {
      int first = number + 1;
      for (Reason reason : knot.conflicts()) {
        number++;
        out.line("");
        out.line("conflict %d of %d".formatted(number, total));
        ConflictText.of(reason.conflict(), StepWords::sentence).forEach(out::line);
        alike("  ", reason.alike());
      }
      out.line("");
      out.line(
          number < first
              ? "for the other conflicts, a layout needs this left out"
              : "against %s, a layout needs one of these left out"
                  .formatted(conflicts(first, number)));
      for (Correction left : knot.corrections()) {
        correction++;
        correction(correction, left);
      }
      if (knot.corrections().isEmpty()) {
        out.line(all.allCorrections() ? "  nothing an input says" : "  none was tried to the end");
      }
    }
    out.line("");
    notes(all);
  }

  private static String conflicts(int first, int last) {
    return first == last
        ? "conflict " + first
        : "conflicts "
            + IntStream.range(first, last)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "))
            + " and "
            + last;
  }

  private void correction(int number, Correction correction) {
    List<String> lines = new ArrayList<>();
    for (Statement statement : correction.statements()) {
      lines.add(
          "%s%s"
              .formatted(
                  statement.text(), explained.isChangeable(statement) ? "" : " [no setting]"));
      lines.add("%s %s".formatted(statement.id(), ConflictText.place(statement.origin())));
    }
    String indent = " ".repeat("  %d. ".formatted(number).length());
    for (int i = 0; i < lines.size(); i++) {
      String words = i > 0 && i % 2 == 0 ? "and " + lines.get(i) : lines.get(i);
      out.line((i == 0 ? "  %d. ".formatted(number) : indent) + words);
    }
    alike(indent, correction.alike());
  }

  /** Statements that are counted together with those that are named. */
  private void alike(String indent, List<Statement> alike) {
    if (alike.isEmpty()) {
      return;
    }
    List<String> some =
        alike.stream().limit(MOST_ALIKE).map(statement -> statement.origin().shortForm()).toList();
    int more = alike.size() - some.size();
    out.line(
        "%scounted alike: %s%s"
            .formatted(
                indent, String.join(", ", some), more > 0 ? " and %d more".formatted(more) : ""));
  }

  private void notes(Enumeration all) {
    Plan plan = explained.plan();
    plan.repairs()
        .forEach(repair -> out.line("help: fits with " + RepairWords.title(plan, repair)));
    if (all.knots().size() > 1) {
      out.line(
          "note: %d independent groups of conflicts: one correction of each is needed"
              .formatted(all.knots().size()));
    }
    if (all.knots().stream()
        .flatMap(knot -> knot.corrections().stream())
        .flatMap(left -> left.statements().stream())
        .anyMatch(statement -> !explained.isChangeable(statement))) {
      out.line(
          "note: for what has [no setting], there is no single change of the guest that helps");
    }
    if (all.stopped() != null) {
      out.line(
          "note: stopped early: %s; conflicts: %s, corrections: %s"
              .formatted(
                  all.stopped(),
                  all.allConflicts() ? "complete" : "not complete",
                  all.allCorrections() ? "complete" : "not complete"));
    } else if (explained.equals(known)) {
      out.line("note: these are all; each conflict was checked again by other code");
    }
    Enumeration whole = known.all();
    if (whole != null && !explained.equals(known)) {
      out.line(
          "note: there are %d conflicts and %d corrections; `--all` prints all of them"
              .formatted(whole.conflicts(), whole.corrections()));
    }
  }
}
