package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** A layout as an address map: windows, and what lies in them. */
final class QemuMap {
  private QemuMap() {}

  static List<MapEntry> of(Scene scene, QemuPlan plan, Layout layout) {
    List<MapEntry> map = new ArrayList<>();
    Set<String> without =
        QemuLaterDevices.rooms(scene, plan).stream()
            .filter(room -> layout.givenUp().contains(room.kept()))
            .map(QemuLaterDevices.Room::name)
            .collect(Collectors.toSet());
    for (Placement placement : layout.placements()) {
      GfnRange range = placement.range();
      String kind = placement.region().kind();
      boolean shown = !kind.equals(QemuModel.MARK) && !without.contains(placement.region().name());
      if (range != null && shown) {
        map.add(
            new MapEntry(
                placement.region().name(), kind, range, placement.region().statement().origin()));
      }
    }
    for (PciItem item : plan.items()) {
      inner(item, layout.of(item.name()), map);
    }
    QemuMachine.Board board = plan.config().machine().board();
    if (board.hasPci()) {
      long low = Gfn.toBytes(layout.of(QemuModel.LOW).end());
      long start = plan.firmware().windowStart(board, low);
      long end = plan.firmware().windowEnd();
      if (start < end) {
        Origin origin = plan.firmware().origin(board);
        map.add(
            new MapEntry("32-bit PCI window", "hole", GfnRange.coveringBytes(start, end), origin));
      }
    }
    // A window stands before what lies in it.
    map.sort(
        Comparator.comparingLong((MapEntry entry) -> entry.range().start())
            .thenComparing(entry -> entry.range().end(), Comparator.reverseOrder())
            .thenComparing(MapEntry::name));
    return map;
  }

  /** Registers behind a port, as firmware packs them. */
  private static void inner(PciItem item, Placement window, List<MapEntry> map) {
    long at = Gfn.toBytes(window.start());
    for (PciItem.Inner inner : item.inner()) {
      long bytes = Math.max(inner.bar().bytes(), Gfn.BYTES);
      map.add(
          new MapEntry(
              inner.function().label(inner.bar()),
              "bar",
              GfnRange.coveringBytes(at, at + bytes),
              inner.bar().origin()));
      at += bytes;
    }
  }
}
