package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.pmem.PmemRules;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;

/** M7: no release of Xen gives a guest memory devices. */
final class XenPmem {
  private XenPmem() {}

  static void refuse(Draft draft, Guest guest) {
    PmemRules.refuse(
        draft,
        guest,
        Statement.required(
            "M7",
            "upstream Xen has no virtual NVDIMM, and QEMU has no device memory region under Xen",
            Origin.builtIn(
                "hw/i386/xen/xen-hvm.c",
                "acpi_build_enabled = false; the 2016 vNVDIMM patches were not merged")));
  }

  /** What happens to a guest that asks for memory devices all the same. */
  static Today today(Guest guest, Today without) {
    if (guest.pmem().isEmpty()) {
      return without;
    }
    return Today.of(
        List.of(
            Stage.fails(
                Stage.Name.CONFIGURATION,
                "xl has no setting for memory devices, and QEMU stops when it is given one under"
                    + " Xen",
                List.of())),
        "");
  }
}
