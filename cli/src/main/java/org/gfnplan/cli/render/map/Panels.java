package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.space.GfnRange;

/** What is drawn of a plan: the state before, and the state after, as far as there are such. */
public final class Panels {
  private static final long FOUR_GIB = 1L << 32;

  private Panels() {}

  /**
   * The panels, at most two. A layout that needs no change has one; a conflict has what its
   * statements fix and, beside it, the layout of the cheapest repair.
   */
  public static List<Panel> of(Plan plan) {
    List<Panel> panels = new ArrayList<>();
    Realised realised = plan.realised();
    if (realised != null) {
      boolean changes = !realised.settings().without(plan.present()).isEmpty();
      if (changes && plan.today().lowmemEnd() != 0) {
        panels.add(before("today, with the settings it has", plan));
      }
      panels.add(
          new Panel(
              changes ? "planned, with new settings" : "planned", boxes(realised), List.of()));
      return panels;
    }
    panels.add(
        before(plan.answer() instanceof Conflict ? "before: as it is stated" : "as stated", plan));
    if (!plan.repairs().isEmpty()) {
      Repair first = plan.repairs().get(0);
      String title = "after: " + RepairWords.title(plan, first).replace("`", "");
      panels.add(new Panel(title, boxes(first.realised()), List.of()));
    }
    panels.removeIf(panel -> panel.boxes().isEmpty());
    return panels;
  }

  private static Panel before(String title, Plan plan) {
    StatedMap stated = StatedMap.of(plan);
    List<Box> boxes = new ArrayList<>(stated.boxes());
    boxes.sort(Comparator.comparing(Box::range).thenComparing(Box::name));
    List<Mark> marks = new ArrayList<>(stated.marks());
    Today today = plan.today();
    addRam(boxes, Lane.TODAY, "RAM today", today.lowmemEnd(), today.highmemEnd());
    addOverlaps(boxes, marks);
    if (plan.platform().startsWith("qemu")) {
      return new Panel(title, boxes, marks);
    }
    addRam(boxes, Lane.QEMU, "RAM in QEMU's view", today.qemuLowEnd(), today.qemuHighEnd());
    if (today.qemuLowEnd() != 0 && !today.agree()) {
      addDisagreement(marks, today.lowmemEnd(), today.qemuLowEnd());
      addDisagreement(marks, today.highmemEnd(), today.qemuHighEnd());
    }
    return new Panel(title, boxes, marks);
  }

  /** Reserved memory that RAM lies on today, unless that is part of a conflict already. */
  private static void addOverlaps(List<Box> boxes, List<Mark> marks) {
    for (Box reserved : boxes) {
      for (Box ram : boxes) {
        GfnRange both = reserved.range().intersection(ram.range());
        if (reserved.lane() == Lane.RDM
            && ram.lane() == Lane.TODAY
            && both != null
            && marks.stream().noneMatch(mark -> mark.range().equals(both))) {
          marks.add(
              new Mark(
                  Mark.Tone.DIFFER,
                  Lane.RDM,
                  both,
                  List.of("RAM lies here today", "on " + reserved.plainName())));
        }
      }
    }
  }

  private static List<Box> boxes(Realised realised) {
    List<Box> boxes = new ArrayList<>();
    for (MapEntry entry : realised.map()) {
      boxes.add(
          new Box(
              Lane.of(entry.kind()),
              entry.name(),
              entry.range(),
              entry.origin().shortForm(),
              false));
    }
    return boxes;
  }

  private static void addRam(List<Box> boxes, Lane lane, String name, long low, long high) {
    if (low > 0) {
      boxes.add(box(lane, name, 0, low));
    }
    if (high > FOUR_GIB) {
      boxes.add(box(lane, name, FOUR_GIB, high));
    }
  }

  private static Box box(Lane lane, String name, long startByte, long endByte) {
    GfnRange range = GfnRange.coveringBytes(startByte, endByte);
    return new Box(lane, name, range, "with the settings the guest has now", false);
  }

  private static void addDisagreement(List<Mark> marks, long built, long believed) {
    long from =
        Math.max(Math.min(built, believed), built < FOUR_GIB && believed < FOUR_GIB ? 0 : FOUR_GIB);
    long to = Math.max(built, believed);
    if (from < to) {
      marks.add(
          new Mark(
              Mark.Tone.DIFFER,
              Lane.QEMU,
              GfnRange.coveringBytes(from, to),
              List.of(
                  "today no agreement on RAM",
                  built == 0 ? "none is built" : "built up to " + Sizes.address(built),
                  believed == 0
                      ? "QEMU believes in none"
                      : "QEMU believes " + Sizes.address(believed))));
    }
  }
}
