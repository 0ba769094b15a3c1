package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.solver.problem.Origin;

/** What a user of xl can change about each statement of a guest. */
final class XenChanges {
  private XenChanges() {}

  /** {@code mmio_hole} is left to the planner. */
  static List<Change> forHole(Origin line) {
    return List.of(
        new Change(
            "mmio_hole",
            "a hole sized to fit",
            Change.SETTING,
            null,
            line,
            changed -> changed.withMmioHole(null)));
  }

  /** {@code rdm_mem_boundary} is left to the planner. */
  static List<Change> forBoundary(Origin line) {
    return List.of(
        new Change(
            "rdm_mem_boundary",
            "a boundary chosen to fit",
            Change.SETTING,
            null,
            line,
            changed ->
                changed.withRdm(
                    changed
                        .rdm()
                        .withBoundary(
                            Stated.byDefault(
                                2048L,
                                Origin.builtIn(
                                    "libxl_internal.h",
                                    "LIBXL_RDM_MEM_BOUNDARY_MEMKB_DEFAULT"))))));
  }
}
