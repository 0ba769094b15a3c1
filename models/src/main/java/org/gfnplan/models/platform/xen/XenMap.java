package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
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
  static List<MapEntry> of(Scene scene, Layout layout, Settings settings) {
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
    for (FixedArea area : FixedArea.HVM_TOP) {
      map.add(area.entry());
    }
    Set<String> seen = new HashSet<>();
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
      if (seen.add(placement.region().name())) {
        map.add(
            new MapEntry(
                placement.region().name(), placement.region().kind(), range, why.origin()));
        taken = taken.union(GfnSet.of(range));
      }
    }
    addWindow(map, settings, low, taken);
    map.sort(null);
    return map;
  }

  /** The 32-bit PCI window, less what lies in it (hvmloader pci.c). */
  private static void addWindow(
      List<MapEntry> map, Settings settings, Placement low, GfnSet taken) {
    Integer hole = settings.mmioHoleMib();
    long start =
        hole == null
            ? XenLayout.HVM_LOW_RAM_LIMIT
            : Math.min(XenLayout.HVM_LOW_RAM_LIMIT, XenLayout.FOUR_GIB - hole * XenLayout.MIB);
    long from = Math.max(low.end(), Gfn.floor(start));
    GfnRange window = new GfnRange(from, Gfn.floor(XenLayout.RESERVED_MEMBASE));
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
