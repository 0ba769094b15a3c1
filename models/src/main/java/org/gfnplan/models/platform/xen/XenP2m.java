package org.gfnplan.models.platform.xen;

import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.GfnRange;

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

  /** The RAM that libxl has built, before anybody else adds frames. */
  public static P2mMap ram(BuilderResult built) {
    P2mMap map = new P2mMap();
    back(map, P2mType.RAM, 0, XenLayout.VGA_HOLE_START);
    back(map, P2mType.RAM, XenLayout.VGA_HOLE_END, built.lowmemEnd());
    back(map, P2mType.RAM, XenLayout.FOUR_GIB, built.highmemEnd());
    return map;
  }

  /**
   * Maps the frames of the bytes {@code [start, end)}, if there are any, to whatever host frames.
   */
  public static void back(P2mMap map, P2mType type, long start, long end) {
    if (start < end) {
      map.replace(
          Extent.anywhere(GfnRange.coveringBytes(start, end), type, Access.READ_WRITE_EXECUTE));
    }
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
