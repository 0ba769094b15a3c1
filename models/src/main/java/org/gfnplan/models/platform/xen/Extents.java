package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.NodeRange;

/**
 * How many pages of each size libxc populates a guest's RAM with when no large allocation fails.
 *
 * <p>Restates the loop of {@code meminit_hvm} (xg_dom_x86.c) in closed form: an HVM guest gets
 * single pages up to the VGA hole and from its end to 2 MiB, and never a 1 GiB page at 0.
 *
 * @param small 4 KiB pages
 * @param large 2 MiB pages
 * @param huge 1 GiB pages
 */
public record Extents(long small, long large, long huge) {
  private static final long FRAME = 0x1000;
  private static final long LARGE = 0x20_0000;
  private static final long HUGE = 0x4000_0000;

  /** The pages behind low RAM {@code [0, lowmemEnd)} and high RAM, in bytes. */
  public static Extents of(Guest.Type type, long lowmemEnd, long highmemEnd) {
    Extents high = highmemEnd == 0 ? new Extents(0, 0, 0) : over(XenLayout.FOUR_GIB, highmemEnd);
    if (type == Guest.Type.PVH) {
      return over(0, lowmemEnd).plus(high);
    }
    long legacy = Math.min(lowmemEnd, XenLayout.VGA_HOLE_START) / FRAME;
    Extents low =
        lowmemEnd > XenLayout.VGA_HOLE_END
            ? over(XenLayout.VGA_HOLE_END, lowmemEnd)
            : new Extents(0, 0, 0);
    return new Extents(legacy, 0, 0).plus(low).plus(high);
  }

  /**
   * The pages behind RAM that is cut into virtual NUMA nodes: no page belongs to two of the ranges,
   * which are by address. The first starts at 0 and reaches the end of the VGA hole.
   */
  static Extents of(Guest.Type type, List<NodeRange> nodes) {
    Extents all = new Extents(0, 0, 0);
    for (NodeRange range : nodes) {
      all =
          all.plus(
              range.startByte() == 0
                  ? of(type, range.endByte(), 0)
                  : over(range.startByte(), range.endByte()));
    }
    return all;
  }

  /** Pages over {@code [start, end)}, each the largest that is aligned and fits. */
  private static Extents over(long start, long end) {
    long firstLarge = Math.min(end, roundUp(start, LARGE));
    long lastLarge = Math.max(firstLarge, end & -LARGE);
    long firstHuge = Math.min(lastLarge, roundUp(firstLarge, HUGE));
    long lastHuge = Math.max(firstHuge, lastLarge & -HUGE);
    return new Extents(
        (firstLarge - start + end - lastLarge) / FRAME,
        (firstHuge - firstLarge + lastLarge - lastHuge) / LARGE,
        (lastHuge - firstHuge) / HUGE);
  }

  private static long roundUp(long bytes, long step) {
    return (bytes + step - 1) & -step;
  }

  private Extents plus(Extents other) {
    return new Extents(small + other.small, large + other.large, huge + other.huge);
  }
}
