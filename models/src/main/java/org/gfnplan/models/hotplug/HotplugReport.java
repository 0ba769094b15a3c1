package org.gfnplan.models.hotplug;

import java.util.List;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.p2m.PageCounts;

/**
 * What became of a guest and its devices.
 *
 * @param plan the guest
 * @param host the host it runs on
 * @param atCreation the devices it was made with
 * @param events what was asked afterwards, in order
 * @param before the guest's pages when it was made
 * @param after the guest's pages in the end
 */
public record HotplugReport(
    PlanDocument plan,
    String host,
    List<HotplugStep> atCreation,
    List<HotplugStep> events,
    PageCounts before,
    PageCounts after) {
  public HotplugReport {
    atCreation = List.copyOf(atCreation);
    events = List.copyOf(events);
  }

  /** How many events, those at creation included, were refused or done in part. */
  public long failures() {
    return failures(atCreation) + failures(events);
  }

  private static long failures(List<HotplugStep> steps) {
    return steps.stream().filter(step -> !step.outcome().isFine()).count();
  }
}
