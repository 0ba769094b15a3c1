package org.gfnplan.cli.render;

import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.report.StartReport;

/** How a guest starts, as text: a headline, each step with what is logged, and the findings. */
public final class StartText {
  private static final int NAMES = 14;
  private static final int VERDICTS = 16;

  private StartText() {}

  /** The text, with a newline at the end. */
  public static String of(StartReport report) {
    Today today = report.today();
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%s: guest `%s` on host `%s` (%s): %s"
            .formatted(
                report.verdict().word(),
                report.scene().guest().name(),
                report.scene().host().name(),
                report.platform(),
                today.summary()));
    line(out, "");
    for (Stage stage : today.stages()) {
      String name = stage.name().word();
      String verdict = stage.verdict().word();
      String words = "  " + padded(name, NAMES) + padded(verdict, VERDICTS) + stage.summary();
      line(out, words.stripTrailing());
      stage.messages().forEach(message -> line(out, "    log: " + message));
    }
    if (report.hasTwoViews()) {
      line(out, "");
      line(out, views(today));
    }
    if (today.stages().stream().anyMatch(stage -> stage.verdict() != Stage.Verdict.OK)) {
      line(out, "help: `gfnplan plan` with the same files looks for settings that work");
    }
    report.findings().forEach(finding -> line(out, PlanText.words(finding)));
    return out.toString();
  }

  private static String views(Today today) {
    String built = ends(today.lowmemEnd(), today.highmemEnd());
    return today.agree()
        ? "libxl and QEMU agree: " + built
        : "libxl and QEMU do not agree: %s, in QEMU's eyes %s"
            .formatted(built, ends(today.qemuLowEnd(), today.qemuHighEnd()));
  }

  private static String ends(long low, long high) {
    return "low RAM ends at 0x%x, ".formatted(low)
        + (high == 0 ? "there is no high RAM" : "high RAM at 0x%x".formatted(high));
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(1, width - word.length()));
  }

  private static void line(StringBuilder out, String text) {
    out.append(PlanText.clean(text)).append('\n');
  }
}
