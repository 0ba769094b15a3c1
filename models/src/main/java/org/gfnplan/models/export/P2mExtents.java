package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.NodeRange;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * The p2m of a planned guest as extents, by gfn and without overlaps.
 *
 * <p>RAM is as the toolstack populates it, reserved device memory as Xen maps it when its devices
 * are assigned, and windows of host devices lie where firmware puts them. QEMU's video memory is
 * where QEMU makes it first. Emulated windows are not in a p2m, and firmware's own pages are not
 * there yet.
 */
final class P2mExtents {
  private static final int LARGE = 9;
  private static final int HUGE = 18;
  private static final Set<String> SPECIAL = Set.of("ioreq server pages", "special pages");

  private final Planned planned;
  private final Map<String, Bar> bars = new HashMap<>();
  private final List<P2mRun> runs = new ArrayList<>();
  private GfnSet taken = GfnSet.empty();

  private P2mExtents(Planned planned) {
    this.planned = planned;
    for (GuestFunction function : GuestFunctions.of(planned.scene()).all()) {
      if (function.assigned() != null) {
        function.memoryBars().forEach(bar -> bars.put(function.label(bar), bar));
      }
    }
  }

  /** The extents of a plan. */
  static List<P2mRun> of(Planned planned) {
    P2mExtents extents = new P2mExtents(planned);
    extents.ram();
    extents.fixed();
    extents.runs.sort(Comparator.comparingLong(P2mRun::gfn));
    return List.copyOf(extents.runs);
  }

  /*
   * meminit_hvm (xg_dom_x86.c): an HVM guest gets single pages up to the VGA hole and goes on
   * behind it; then each extent is the largest that is aligned and fits. The area of the BIOS is
   * RAM too.
   */
  private void ram() {
    if (planned.platform() != PlatformName.XEN_HVM) {
      for (MapEntry entry : planned.realised().map()) {
        if (entry.kind().equals("ram")) {
          ram(entry.range(), entry.name());
        }
      }
      return;
    }
    long lowEnd = Gfn.floor(planned.realised().lowmemEnd());
    long highEnd = Gfn.floor(planned.realised().highmemEnd());
    long hole = Gfn.floor(XenLayout.VGA_HOLE_START);
    long behind = Gfn.floor(XenLayout.VGA_HOLE_END);
    add(new P2mRun(0, 0, Math.min(lowEnd, hole), P2mRun.Type.RAM, P2mRun.ANY, "low RAM"));
    if (lowEnd > behind) {
      ram(new GfnRange(behind, lowEnd), "low RAM");
    }
    if (highEnd != 0) {
      ram(new GfnRange(Gfn.floor(XenLayout.FOUR_GIB), highEnd), "high RAM");
    }
  }

  /** RAM by virtual NUMA node, where there are any: no extent belongs to two of them. */
  private void ram(GfnRange range, String name) {
    if (planned.realised().nodes().isEmpty()) {
      add(largest(range, P2mRun.Type.RAM, name));
    }
    for (NodeRange node : planned.realised().nodes()) {
      GfnRange part = range.intersection(GfnRange.coveringBytes(node.startByte(), node.endByte()));
      if (part != null) {
        add(largest(part, P2mRun.Type.RAM, name));
      }
    }
  }

  /** Extents over a range, each the largest that is aligned and fits. */
  static List<P2mRun> largest(GfnRange range, P2mRun.Type type, String name) {
    long firstLarge = Math.min(range.end(), Gfn.roundUp(range.start(), 1L << LARGE));
    long lastLarge = Math.max(firstLarge, Gfn.roundDown(range.end(), 1L << LARGE));
    long firstHuge = Math.min(lastLarge, Gfn.roundUp(firstLarge, 1L << HUGE));
    long lastHuge = Math.max(firstHuge, Gfn.roundDown(lastLarge, 1L << HUGE));
    long[] edges = {range.start(), firstLarge, firstHuge, lastHuge, lastLarge, range.end()};
    int[] orders = {0, LARGE, HUGE, LARGE, 0};
    List<P2mRun> found = new ArrayList<>();
    for (int i = 0; i < orders.length; i++) {
      if (edges[i] < edges[i + 1]) {
        long count = (edges[i + 1] - edges[i]) >> orders[i];
        found.add(new P2mRun(edges[i], orders[i], count, type, P2mRun.ANY, name));
      }
    }
    return found;
  }

  private void fixed() {
    Set<String> mapped = new HashSet<>();
    for (RdmClaim claim : RdmClaim.of(planned.scene())) {
      if (!claim.owners().isEmpty()) {
        mapped.add(claim.name());
      }
    }
    for (MapEntry entry : planned.realised().map()) {
      GfnRange range = entry.range();
      if (entry.kind().equals("rdm") && mapped.contains(entry.name())) {
        pages(range, P2mRun.Type.RDM, range.start(), entry.name());
      } else if (entry.kind().equals("firmware") && SPECIAL.contains(entry.name())) {
        pages(range, P2mRun.Type.SPECIAL, P2mRun.ANY, entry.name());
      } else if (entry.kind().equals("bar")) {
        window(entry);
      } else if (entry.kind().equals("qemu")) {
        pages(range, P2mRun.Type.RAM, P2mRun.ANY, entry.name());
      } else if (entry.kind().equals("pmem")) {
        add(largest(range, P2mRun.Type.PMEM, entry.name()));
      }
    }
  }

  /** Windows of host devices; emulated ones are not mapped. */
  private void window(MapEntry entry) {
    Bar bar = bars.get(entry.name());
    if (bar == null) {
      return;
    }
    Stated<Long> host = bar.hostByte();
    for (GfnRange piece : GfnSet.of(entry.range()).minus(taken).ranges()) {
      long mfn =
          host == null
              ? P2mRun.ANY
              : Gfn.floor(host.value()) + piece.start() - entry.range().start();
      pages(piece, P2mRun.Type.MMIO, mfn, entry.name());
    }
  }

  private void pages(GfnRange range, P2mRun.Type type, long mfn, String name) {
    add(new P2mRun(range.start(), 0, range.length(), type, mfn, name));
  }

  private void add(List<P2mRun> found) {
    found.forEach(this::add);
  }

  private void add(P2mRun run) {
    runs.add(run);
    taken = taken.union(GfnSet.of(new GfnRange(run.gfn(), run.end())));
  }
}
