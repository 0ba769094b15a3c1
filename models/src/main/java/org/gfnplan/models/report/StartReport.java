package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;

/**
 * How today's programs start a guest as it is configured.
 *
 * @param platform whose programs
 * @param scene the guest and its host
 * @param today what they do; with at least one step
 * @param findings what else a user should know
 */
public record StartReport(String platform, Scene scene, Today today, List<Finding> findings) {
  public StartReport {
    findings = List.copyOf(findings);
    if (today.stages().isEmpty()) {
      throw new IllegalArgumentException("a start must have steps: platform=" + platform);
    }
  }

  /** The worst that comes of a step: it fails, something is silently wrong, or all is well. */
  public Stage.Verdict verdict() {
    if (today.stages().stream().anyMatch(stage -> stage.verdict() == Stage.Verdict.FAILS)) {
      return Stage.Verdict.FAILS;
    }
    return today.isClean() ? Stage.Verdict.OK : Stage.Verdict.SILENT;
  }

  /** Whether two programs have views of RAM that can differ: the builder's and QEMU's. */
  public boolean hasTwoViews() {
    return today.qemuLowEnd() != 0 && platform.startsWith("xen");
  }
}
