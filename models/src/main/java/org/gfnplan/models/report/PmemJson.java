package org.gfnplan.models.report;

import org.gfnplan.models.platform.pmem.PmemMapping;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How windows of persistent memory are mapped, in a plan document. */
final class PmemJson {
  private PmemJson() {}

  /** Adds the key {@code pmem} to a layout that has such windows. */
  static void add(Plan plan, ObjectNode layout) {
    if (plan.pmem().isEmpty()) {
      return;
    }
    ArrayNode list = layout.putArray("pmem");
    for (PmemMapping mapping : plan.pmem()) {
      ObjectNode item = list.addObject();
      item.put("window", mapping.window());
      item.put("backing", mapping.backing().name());
      ArrayNode runs = item.putArray("runs");
      for (PmemMapping.Run run : mapping.runs()) {
        ObjectNode one = runs.addObject();
        one.put("start", Sizes.address(Gfn.toBytes(run.gfns().start())));
        one.put("end", Sizes.address(Gfn.toBytes(run.gfns().end())));
        one.put("host_start", Sizes.address(Gfn.toBytes(run.mfn())));
        one.put("page", Sizes.address(Gfn.toBytes(run.largestPage())));
      }
    }
  }
}
