package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.NodeRange;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/**
 * How libxl cuts RAM into virtual NUMA nodes, and which nodes it refuses.
 *
 * <p>Restates {@code libxl__vnuma_build_vmemrange_hvm} and {@code libxl__vnuma_config_check}
 * (libxl_vnuma.c), which serve HVM and PVH guests, and the check of {@code meminit_hvm}
 * (xg_dom_x86.c). libxl cuts after it moved RAM out of the way of reserved device memory, so nodes
 * follow RAM and never decide where it ends. The guest learns of them from the ACPI tables SRAT and
 * SLIT, which make the area of ACPI tables longer when nodes are many ({@link FixedArea}); neither
 * the memory map nor hvmloader's placement of registers knows nodes. Pure.
 */
final class VirtualNodes {
  private VirtualNodes() {}

  /**
   * The ranges of all nodes by address: nodes in order, each behind the one before, none in {@code
   * [min(lowmemEnd, mmioStart), 4 GiB)}. Video memory is taken from node 0, which must have it.
   */
  static List<NodeRange> cut(List<Long> nodesKib, long videoKib, long lowmemEnd, long mmioStart) {
    long holeStart = Math.min(lowmemEnd, mmioStart);
    List<NodeRange> ranges = new ArrayList<>();
    long next = 0;
    for (int node = 0; node < nodesKib.size(); node++) {
      long left = (nodesKib.get(node) - (node == 0 ? videoKib : 0)) * XenLayout.KIB;
      while (left > 0) {
        if (next >= holeStart && next < XenLayout.FOUR_GIB) {
          next = XenLayout.FOUR_GIB;
        }
        long taken = next < holeStart ? Math.min(left, holeStart - next) : left;
        ranges.add(new NodeRange(node, next, next + taken));
        left -= taken;
        next += taken;
      }
    }
    return List.copyOf(ranges);
  }

  /** Whether the ranges of a guest's nodes, if it has any, are RAM of a layout and all of it. */
  static boolean cover(Guest guest, List<NodeRange> ranges, Placement low, Placement high) {
    if (guest.memory().nodes().isEmpty()) {
      return ranges.isEmpty();
    }
    GfnSet ram = GfnSet.empty();
    for (Placement part : List.of(low, high)) {
      GfnRange frames = part.range();
      ram = frames == null ? ram : ram.union(GfnSet.of(frames));
    }
    GfnSet ofNodes =
        GfnSet.of(
            ranges.stream()
                .map(range -> GfnRange.coveringBytes(range.startByte(), range.endByte()))
                .toList());
    return ofNodes.equals(ram);
  }

  /** What libxl or libxc says when it refuses such nodes, or null when it takes them. */
  static @Nullable String refusal(List<Long> nodesKib, long memoryKib, long videoKib) {
    if (nodesKib.isEmpty()) {
      return null;
    }
    if (nodesKib.get(0) < videoKib) {
      return "vnode 0 too small to contain video ram";
    }
    long sum = nodesKib.stream().mapToLong(kib -> kib).sum();
    if (sum != memoryKib) {
      return "Amount of memory mismatch (0x%x != 0x%x)".formatted(sum, memoryKib);
    }
    // libxc counts the guest's pages in whole MiB, and those of the nodes each by itself.
    long pages = ((memoryKib - videoKib) >> 10) << 8;
    long ofNodes = (nodesKib.get(0) - videoKib) >> 2;
    for (long kib : nodesKib.subList(1, nodesKib.size())) {
      ofNodes += kib >> 2;
    }
    return ofNodes == pages
        ? null
        : "vNUMA memory pages mismatch (0x%x != 0x%x)".formatted(ofNodes, pages);
  }
}
