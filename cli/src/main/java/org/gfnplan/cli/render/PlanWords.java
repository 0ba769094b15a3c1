package org.gfnplan.cli.render;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Undecided;
import org.jspecify.annotations.Nullable;

/** What every form of a plan says in the same words. */
public final class PlanWords {
  private PlanWords() {}

  /** How it ended: a sentence without the word for it. */
  public static String headline(Plan plan) {
    String guest = plan.scene().guest().name();
    String host = plan.scene().host().name();
    Realised realised = plan.realised();
    if (realised != null) {
      return "guest `%s` fits on host `%s` %s".formatted(guest, host, how(plan, realised));
    }
    return plan.answer() instanceof Undecided undecided
        ? undecided.reason()
        : "guest `%s` has no gfn layout on host `%s`".formatted(guest, host);
  }

  private static String how(Plan plan, Realised realised) {
    if (realised.settings().where().isEmpty()) {
      return "where no tool sets limits";
    }
    if (realised.settings().isEmpty()) {
      return "with the defaults";
    }
    return realised.settings().without(plan.present()).isEmpty()
        ? "with the settings it has"
        : "with these settings";
  }

  /** How several guests ended together: a sentence without the word for it. */
  public static String headline(HostPlan plan) {
    if (plan.answer() instanceof Undecided undecided) {
      return undecided.reason();
    }
    String host = plan.host().name();
    if (plan.answer() instanceof Conflict) {
      return "guests %s do not fit on host `%s` together".formatted(names(plan.plans()), host);
    }
    return plan.verdict() == Verdict.LAYOUT
        ? "%d guests fit on host `%s` together".formatted(plan.plans().size(), host)
        : "not every guest fits on host `%s`: no layout for %s"
            .formatted(
                host, names(plan.plans().stream().filter(p -> p.realised() == null).toList()));
  }

  private static String names(List<Plan> plans) {
    return plans.stream()
        .map(guest -> "`%s`".formatted(guest.scene().guest().name()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Whether the tool or the address space is in the way of a plan without a layout; null when the
   * user's own settings are, or nobody knows.
   */
  public static @Nullable String inTheWay(Plan plan) {
    boolean settingsHelp =
        plan.repairs().stream()
            .anyMatch(
                repair ->
                    repair.changes().stream().allMatch(change -> change.cost() <= Change.SETTING));
    if (plan.ideally() == Verdict.CONFLICT) {
      return "`--platform ideal` has none either: the address space is in the way";
    }
    return plan.ideally() == Verdict.LAYOUT && !settingsHelp
        ? "`--platform ideal` has a layout: what %s can express is in the way, not the"
                .formatted(plan.platform())
            + " address space"
        : null;
  }
}
