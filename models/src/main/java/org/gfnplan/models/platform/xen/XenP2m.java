package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;

/**
 * Which frames of an HVM guest Xen has mapped while the guest runs, before any device is assigned.
 *
 * <p>Video memory moves to its register early, but QEMU's option ROMs stay in the frames it made
 * (QEMU, xen_ram_alloc), so these count as mapped. Registers of the PCI window do not: their places
 * are the guest's choice.
 */
public final class XenP2m {
  private XenP2m() {}

  /** The map of a guest that was made to this plan. */
  public static P2mMap of(List<MapEntry> plan) {
    P2mMap map = new P2mMap();
    for (MapEntry entry : plan) {
      if (hasPages(entry)) {
        map.replace(Extent.anywhere(entry.range(), type(entry), Access.READ_WRITE_EXECUTE));
      }
    }
    return map;
  }

  /** Whether Xen has pages there before a device is assigned. */
  public static boolean hasPages(MapEntry entry) {
    return switch (entry.kind()) {
      case "rdm", "hole" -> false;
      case "firmware" -> !FixedArea.WITHOUT_PAGES.contains(entry.name());
      default -> true;
    };
  }

  private static P2mType type(MapEntry entry) {
    return switch (entry.kind()) {
      case "ram" -> P2mType.RAM;
      case "pmem" -> P2mType.PERSISTENT;
      case "bar" -> P2mType.DEVICE;
      default -> P2mType.SPECIAL;
    };
  }
}
