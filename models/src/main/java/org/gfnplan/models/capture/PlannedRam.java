package org.gfnplan.models.capture;

import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.space.Gfn;

/**
 * Where a plan ends RAM, in bytes.
 *
 * @param lowEnd the end of RAM below 4 GiB
 * @param highStart the start of RAM above it, or 0 when there is none
 * @param highEnd the end of RAM above it, or 0 when there is none
 */
record PlannedRam(long lowEnd, long highStart, long highEnd) {
  static final long FOUR_GIB = 1L << 32;

  static PlannedRam of(PlanDocument plan) {
    long low = 0;
    long start = 0;
    long end = 0;
    for (MapEntry entry : plan.map()) {
      long from = Gfn.toBytes(entry.range().start());
      long to = Gfn.toBytes(entry.range().end());
      if (!entry.kind().equals("ram")) {
        continue;
      }
      if (from < FOUR_GIB) {
        low = Math.max(low, to);
      } else {
        start = start == 0 ? from : Math.min(start, from);
        end = Math.max(end, to);
      }
    }
    return new PlannedRam(low, start, end);
  }
}
