package org.gfnplan.cli.render;

import org.gfnplan.models.hotplug.HotplugEvent.Action;
import org.gfnplan.models.hotplug.HotplugRange;
import org.gfnplan.models.hotplug.HotplugReport;
import org.gfnplan.models.hotplug.HotplugStep;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.p2m.PageCounts;

/** What became of a guest and its devices, as text: a headline, then each event. */
public final class HotplugText {
  private final StringBuilder out = new StringBuilder();

  private HotplugText() {}

  /** The text, with a newline at the end. */
  public static String of(HotplugReport report) {
    HotplugText text = new HotplugText();
    text.report(report);
    return text.out.toString();
  }

  private void report(HotplugReport report) {
    long failures = report.failures();
    line(
        "%s: guest `%s` on host `%s`: %s"
            .formatted(
                failures == 0 ? "fine" : "failures",
                report.plan().guest(),
                report.host(),
                failures == 0
                    ? "all that was asked was done"
                    : failures + " refused or done in part"));
    line("");
    if (!report.atCreation().isEmpty()) {
      line("at creation:");
      report.atCreation().forEach(step -> step("  ", step));
      line("");
    }
    for (int i = 0; i < report.events().size(); i++) {
      step("  %d. ".formatted(i + 1), report.events().get(i));
    }
    line("");
    line(
        "pages: %s; when the guest was made: %s"
            .formatted(pages(report.after()), pages(report.before())));
  }

  private static String pages(PageCounts pages) {
    return "%d of 4 KiB, %d of 2 MiB, %d of 1 GiB"
        .formatted(pages.small(), pages.large(), pages.huge());
  }

  private void step(String before, HotplugStep step) {
    boolean comes = step.event().action() == Action.ATTACH;
    String asked =
        "%s %s%s"
            .formatted(
                step.event().action().word(),
                step.event().device(),
                comes ? ", " + step.event().policy().word() : "");
    String outcome =
        switch (step.outcome()) {
          case ATTACHED -> "attached";
          case SKIPPED -> "attached in part";
          case DETACHED -> "detached";
          case REFUSED -> "refused, " + step.error();
        };
    line(before + asked + ": " + outcome + (step.message().isEmpty() ? "" : "; " + step.message()));
    for (HotplugRange range : step.ranges()) {
      line("       %s: %s".formatted(range.memory().label(), words(range)));
      range
          .inTheWay()
          .forEach(
              other ->
                  line(
                      "         there: %s %s".formatted(other.name(), Sizes.range(other.range()))));
    }
    step.notes().forEach(note -> line("       note: " + note));
  }

  private static String words(HotplugRange range) {
    return switch (range.outcome()) {
      case MAPPED -> "mapped";
      case COUNTED -> "mapped already, %d devices hold it now".formatted(range.holders());
      case SKIPPED -> "mapped, but for what is there already";
      case CONFLICT -> "not mapped";
      case HELD -> "not mapped, it overlaps another identity mapping";
      case SHARED -> "not mapped, it is shared";
      case UNDONE -> "mapped and taken back";
      case NEVER_MAPPED -> "not mapped, devices reach it without translation";
      case UNMAPPED -> "unmapped";
      case KEPT ->
          "stays, %s"
              .formatted(
                  range.holders() == 1
                      ? "1 device holds it"
                      : range.holders() + " devices hold it");
    };
  }

  /* Names of the input are shown, and must not steer the terminal. */
  private void line(String text) {
    out.append(text.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
