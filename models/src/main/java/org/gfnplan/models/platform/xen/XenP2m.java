package org.gfnplan.models.platform.xen;

import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;

/**
 * Which frames of an HVM guest Xen has mapped while the guest runs, before any device is assigned.
 *
 * <p>Video memory moves to its register early, but QEMU's option ROMs stay in the frames it made
 * (QEMU, xen_ram_alloc), so these count as mapped.
 */
public final class XenP2m {
  /** Of a host device, or the memory of a video card; Xen passes accesses to all others on. */
  private static final Pattern REGISTERS_WITH_PAGES =
      Pattern.compile(
          " of ([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]$|^BAR 0 of (VGA|cirrus-vga)$");

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
      case "rdm", "hole", "iova" -> false;
      case "bar" -> REGISTERS_WITH_PAGES.matcher(entry.name()).find();
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
