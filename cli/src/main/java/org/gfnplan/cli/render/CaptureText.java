package org.gfnplan.cli.render;

import org.gfnplan.models.capture.CaptureReport;
import org.gfnplan.models.capture.Difference;

/** Captured files against a plan, as text: a headline, then each file. */
public final class CaptureText {
  private CaptureText() {}

  /** The text, with a newline at the end. */
  public static String of(CaptureReport report) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%s: guest `%s` of %s"
            .formatted(
                report.isFine() ? "as planned" : "not as planned",
                report.plan().guest(),
                report.plan().document()));
    for (CaptureReport.Checked checked : report.files()) {
      line(out, "");
      line(
          out,
          "%s (%s)%s"
              .formatted(
                  checked.captured().document(),
                  checked.captured().form(),
                  checked.isFine() ? ": as planned" : ""));
      checked.differences().forEach(difference -> line(out, words(difference)));
      checked.inconsistencies().forEach(what -> line(out, "  inconsistent: " + what));
    }
    return out.toString();
  }

  private static String words(Difference difference) {
    String planned = difference.planned().isEmpty() ? "nothing" : difference.planned();
    String captured = difference.captured().isEmpty() ? "nothing" : difference.captured();
    return "  %s%n    planned   %s%n    captured  %s"
        .formatted(difference.what(), planned, captured);
  }

  private static void line(StringBuilder out, String text) {
    text.lines().forEach(line -> out.append(PlanText.clean(line)).append('\n'));
    if (text.isEmpty()) {
      out.append('\n');
    }
  }
}
