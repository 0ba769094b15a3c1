package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Change;

/** A repair as a sentence. */
public final class RepairWords {
  private RepairWords() {}

  /** What to change, joined by "and"; values that the planner chose are named. */
  public static String title(Guest before, Repair repair) {
    GuestDiff diff = GuestDiff.of(before, repair.guest(), repair.realised().settings());
    List<String> parts = new ArrayList<>();
    Integer hole = diff.mmioHoleMib();
    if (hole != null) {
      parts.add(hole == 0 ? "leave `mmio_hole` out" : "`mmio_hole = %d`".formatted(hole));
    }
    Long boundary = diff.rdmBoundaryMib();
    if (boundary != null) {
      parts.add(
          boundary == 0
              ? "leave `rdm_mem_boundary` out"
              : "`rdm_mem_boundary = %d`".formatted(boundary));
    }
    for (Change change : repair.changes()) {
      if (!change.key().equals("mmio_hole") && !change.key().equals("rdm_mem_boundary")) {
        parts.add(change.title());
      }
    }
    return String.join(" and ", parts);
  }
}
