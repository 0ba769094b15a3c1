package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** The address map of an HVM guest: what lies where, without overlaps. */
final class XenMap {
  private XenMap() {}

  /** The map of a layout that these settings lead to. */
  static List<MapEntry> of(Scene scene, Layout layout, XenSettings settings) {
    List<MapEntry> map = new ArrayList<>();
    Placement low = layout.of(XenHvmModel.LOW);
    Placement high = layout.of(XenHvmModel.HIGH);
    GfnSet legacy = GfnSet.empty();
    for (FixedArea area : FixedArea.HVM_LEGACY) {
      map.add(area.entry());
      legacy = legacy.union(GfnSet.of(area.range()));
    }
    addPieces(map, XenHvmModel.LOW, "ram", low, legacy, origin(low));
    addPieces(map, XenHvmModel.HIGH, "ram", high, GfnSet.empty(), origin(high));
    GfnSet ram = cover(low).union(cover(high));
    GfnSet taken = GfnSet.empty();
    for (FixedArea area : FixedArea.top(scene.guest())) {
      map.add(area.entry());
      taken = taken.union(GfnSet.of(area.range()));
    }
    for (Placement placement : layout.placements()) {
      GfnRange range = placement.range();
      Statement why = placement.region().statement();
      boolean shown =
          placement.region().kind().equals("rdm")
              ? !why.id().equals("D5")
              : placement.region().name().equals(XenHvmModel.QEMU_FRAMES);
      if (range == null || !shown || ram.overlaps(range) || taken.overlaps(range)) {
        continue;
      }
      map.add(
          new MapEntry(placement.region().name(), placement.region().kind(), range, why.origin()));
      taken = taken.union(GfnSet.of(range));
    }
    addWindow(map, settings, low, taken);
    map.sort(null);
    return map;
  }

  /**
   * The 32-bit PCI window, less what lies in it (hvmloader pci.c). Without a stated hole it starts
   * right after RAM when reserved memory lies in it, and grows when BARs need more.
   */
  private static void addWindow(
      List<MapEntry> map, XenSettings settings, Placement low, GfnSet taken) {
    Integer hole = settings.mmioHoleMib();
    GfnRange plain =
        GfnRange.coveringBytes(XenLayout.HVM_LOW_RAM_LIMIT, XenLayout.RESERVED_MEMBASE);
    long from =
        hole == null
            ? plain.start()
            : Math.min(plain.start(), Gfn.floor(XenLayout.FOUR_GIB - hole * XenLayout.MIB));
    boolean reserved =
        map.stream().anyMatch(e -> e.kind().equals("rdm") && e.range().overlaps(plain));
    if (low.end() > from || (hole == null && reserved)) {
      from = low.end();
    }
    GfnRange window = new GfnRange(from, plain.end());
    Origin origin = Origin.builtIn("hvmloader pci.c", "PCI window");
    for (GfnRange gap : GfnSet.of(window).minus(taken).ranges()) {
      map.add(new MapEntry("PCI window", "hole", gap, origin));
    }
  }

  private static void addPieces(
      List<MapEntry> map,
      String name,
      String kind,
      Placement placement,
      GfnSet without,
      Origin origin) {
    for (GfnRange piece : cover(placement).minus(without).ranges()) {
      map.add(new MapEntry(name, kind, piece, origin));
    }
  }

  private static GfnSet cover(Placement placement) {
    GfnRange range = placement.range();
    return range == null ? GfnSet.empty() : GfnSet.of(range);
  }

  private static Origin origin(Placement placement) {
    return placement.region().statement().origin();
  }
}
