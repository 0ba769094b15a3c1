package org.gfnplan.models.hotplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.xen.XenP2m;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.space.GfnRange;

/** What is not refused, but may go wrong later. */
final class HotplugNotes {
  private HotplugNotes() {}

  static List<String> of(PlanDocument plan, List<HotplugRange> ranges, Set<PciAddress> attached) {
    List<String> notes = new ArrayList<>();
    for (HotplugRange range : ranges) {
      String label = range.memory().label();
      List<String> outside =
          range.memory().devices().stream()
              .filter(scope -> attached.stream().noneMatch(scope::mayBe))
              .map(Object::toString)
              .toList();
      if (!outside.isEmpty()) {
        notes.add(
            label + " is also reached from outside the guest, by " + String.join(", ", outside));
      }
      if (!range.reserved()) {
        notes.add(
            label
                + " was not reserved when the guest was made: its e820 never lists it, and the"
                + " guest may put something else there");
      }
      if (range.outcome() == HotplugRange.Outcome.COUNTED && !range.inTheWay().isEmpty()) {
        notes.add(label + " was mapped only in part for another device, and stays so");
      }
      for (MapEntry entry : plan.map()) {
        GfnRange both = entry.range().intersection(range.memory().frames());
        if (both == null || XenP2m.hasPages(entry)) {
          continue;
        }
        if (entry.kind().equals("firmware") || entry.kind().equals("bar")) {
          notes.add(label + " hides " + entry.name() + ", which is emulated there");
        } else if (entry.kind().equals("hole") && !plan.registersKnown()) {
          notes.add(
              label
                  + " lies in the PCI window; where the guest has put registers there is not in"
                  + " the plan");
        }
      }
    }
    return notes.stream().distinct().toList();
  }
}
