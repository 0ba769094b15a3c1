package org.gfnplan.cli.render;

import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.models.report.HostStepWords;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Undecided;

/** The plans of several guests as text: whether they fit together, then each guest's plan. */
public final class HostPlanText {
  private final HostPlan plan;
  private final WrappedText out = new WrappedText();

  private HostPlanText(HostPlan plan) {
    this.plan = plan;
  }

  /** The text, with a newline at the end. */
  public static String of(HostPlan plan) {
    HostPlanText text = new HostPlanText(plan);
    text.headline();
    plan.findings().forEach(finding -> text.line(PlanText.words(finding)));
    for (Plan guest : plan.plans()) {
      text.line("");
      PlanText.of(guest).lines().forEach(text.out::asIs);
    }
    return text.out.toString();
  }

  private void headline() {
    String headline = PlanWords.headline(plan);
    if (plan.answer() instanceof Conflict conflict) {
      conflict(conflict, headline);
    } else if (plan.answer() instanceof Undecided || plan.verdict() == Verdict.UNDECIDED) {
      line("undecided: " + headline);
    } else {
      line((plan.verdict() == Verdict.LAYOUT ? "layout: " : "error: ") + headline);
    }
  }

  private void conflict(Conflict conflict, String headline) {
    line("error: " + headline);
    line("");
    ConflictText.of(conflict, step -> HostStepWords.sentence(step, plan.model()))
        .forEach(this::line);
    line("");
    plan.repairs().forEach(this::help);
    if (plan.repairs().isEmpty()) {
      line("note: no change to the guests that was tried makes all of them fit");
    }
    line("note: checked again by other code; each statement is needed");
  }

  private void help(HostRepair repair) {
    line("help: all fit with " + plan.title(repair));
    for (HostPlan.Part part : plan.parts(repair)) {
      Realised realised = part.repair().realised();
      StringBuilder text =
          new StringBuilder("      guest `%s`".formatted(part.repair().guest().name()))
              .append(": low RAM ends at ")
              .append(Sizes.address(realised.lowmemEnd()));
      if (realised.highmemEnd() != 0) {
        text.append(", high RAM at ").append(Sizes.address(realised.highmemEnd()));
      }
      List<String> further = RepairWords.furtherSettings(part.plan(), part.repair());
      if (!further.isEmpty()) {
        text.append("; together with: ").append(String.join("; ", further));
      }
      line(text.toString());
    }
    repair.changes().stream()
        .flatMap(change -> Stream.ofNullable(change.givesUp()))
        .distinct()
        .forEach(lost -> line("      gives up: " + lost));
  }

  private void line(String text) {
    out.line(text);
  }
}
