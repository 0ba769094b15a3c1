package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** The address map of an HVM guest: what lies where, without overlaps. */
final class XenMap {
  private XenMap() {}

  /** The map of a layout. */
  static List<MapEntry> of(Scene scene, Layout layout, XenFirmware firmware) {
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
      boolean shown = placement.region().kind().equals("rdm") && !why.id().equals("D5");
      if (range == null || !shown || ram.overlaps(range) || taken.overlaps(range)) {
        continue;
      }
      map.add(
          new MapEntry(placement.region().name(), placement.region().kind(), range, why.origin()));
      taken = taken.union(GfnSet.of(range));
    }
    List<MapEntry> windows = firmware.entries(taken);
    moveQemuFrames(map, layout, windows);
    map.addAll(windows);
    map.sort(null);
    return map;
  }

  /** Firmware takes what it likes of the frames that QEMU makes for video memory at first. */
  private static void moveQemuFrames(List<MapEntry> map, Layout layout, List<MapEntry> windows) {
    for (Placement placement : layout.placements()) {
      if (placement.region().name().equals(XenHvmModel.QEMU_FRAMES)) {
        GfnSet bars =
            GfnSet.of(
                windows.stream()
                    .filter(entry -> entry.kind().equals("bar"))
                    .map(MapEntry::range)
                    .toList());
        addPieces(map, XenHvmModel.QEMU_FRAMES, "qemu", placement, bars, origin(placement));
        List<MapEntry> free = windows.stream().filter(e -> e.kind().equals("hole")).toList();
        windows.removeAll(free);
        for (MapEntry gap : free) {
          for (GfnRange left : GfnSet.of(gap.range()).minus(cover(placement)).ranges()) {
            windows.add(new MapEntry(gap.name(), gap.kind(), left, gap.origin()));
          }
        }
      }
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
