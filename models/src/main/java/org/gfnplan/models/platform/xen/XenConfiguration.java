package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.platform.Stage;

/** Whether xl takes a guest's file. */
final class XenConfiguration {
  private XenConfiguration() {}

  /** The first stage of a guest's start. */
  static Stage stage(Guest guest) {
    List<String> errors =
        guest.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .map(Finding::message)
            .toList();
    return errors.isEmpty()
        ? Stage.ok(Stage.Name.CONFIGURATION, "xl takes the guest's file", List.of())
        : Stage.fails(Stage.Name.CONFIGURATION, String.join("; ", errors), List.of());
  }
}
