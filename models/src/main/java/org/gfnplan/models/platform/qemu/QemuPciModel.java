package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** P: registers in the windows that firmware has for them. */
final class QemuPciModel {
  /** Part of the window that firmware leaves out, because it starts it at a round address. */
  static final String GAP = "gap below the 32-bit PCI window";

  static final String FIRMWARE_WINDOW = "64-bit window of OVMF";

  private final Draft draft;
  private final Guest guest;
  private final QemuPlan plan;
  private final Widths widths;

  QemuPciModel(Draft draft, Guest guest, QemuPlan plan, Widths widths) {
    this.draft = draft;
    this.guest = guest;
    this.plan = plan;
    this.widths = widths;
  }

  /** Adds the registers; what they are. */
  List<Region> place(Region low, Region hole) {
    List<Region> all = new ArrayList<>();
    if (!plan.narrow().isEmpty()) {
      placeNarrow(low, all);
    }
    if (!plan.wide().isEmpty()) {
      placeWide(hole, all);
    }
    return all;
  }

  private Region region(PciItem item) {
    Region region =
        draft.region(
            item.name(),
            "bar",
            Length.fixed(Gfn.ceil(item.bytes())),
            new Alignment(Gfn.floor(item.align())),
            item.statement());
    draft.change(item.statement(), item.changes());
    widths.bound(draft, region);
    return region;
  }

  private void placeNarrow(Region low, List<Region> all) {
    QemuMachine.Board board = plan.config().machine().board();
    QemuFirmware firmware = plan.firmware();
    long least = firmware.windowStart(board, 0);
    Statement window =
        Statement.required(
            "P4",
            board == QemuMachine.Board.Q35
                ? "%s places 32-bit registers in %s"
                    .formatted(firmware.word(), Sizes.range(least, firmware.windowEnd()))
                : "%s places 32-bit registers in %s, from the first of 2 GiB and 3 GiB behind low RAM"
                    .formatted(firmware.word(), Sizes.range(least, firmware.windowEnd())),
            firmware.origin(board));
    // On q35 low RAM ends at 0xb0000000 at most, below the window; saying so again would tie
    // every register to RAM, and hundreds of them could no longer be packed at once.
    List<Region> before =
        board == QemuMachine.Board.Q35 ? List.of() : List.of(low, gap(low, window));
    GfnSet allowed = GfnSet.of(new GfnRange(Gfn.floor(least), Gfn.floor(firmware.windowEnd())));
    List<Region> earlier = new ArrayList<>();
    for (PciItem item : plan.narrow()) {
      Region region = region(item);
      draft.rule(new Rule.Within(window, region, allowed));
      if (!before.isEmpty()) {
        draft.rule(new Rule.Apart(window, region, before));
      }
      if (!earlier.isEmpty()) {
        draft.rule(new Rule.Apart(item.statement(), region, earlier));
      }
      earlier.add(region);
      all.add(region);
    }
  }

  /** What lies between low RAM and the window. */
  private Region gap(Region low, Statement window) {
    Region mark =
        draft.region("start of the 32-bit PCI window", QemuModel.MARK, Length.fixed(1), window);
    Region gap = draft.region(GAP, QemuModel.MARK, new Length(0, Gfn.floor(1L << 32)), window);
    draft.rule(new Rule.SameEdge(window, gap.start(), low.end()));
    draft.rule(new Rule.SameEdge(window, gap.end(), mark.start()));
    if (plan.mayBeAllLow() || plan.lowCap() > 0xc000_0000L) {
      long all = plan.firmware().windowStart(QemuMachine.Board.I440FX, plan.ram());
      List<GfnRange> starts = new ArrayList<>();
      for (long start : new long[] {0x8000_0000L, 0xc000_0000L, all}) {
        starts.add(new GfnRange(Gfn.floor(start), Gfn.floor(start) + 1));
      }
      draft.rule(new Rule.Within(window, mark, GfnSet.of(starts)));
    } else {
      draft.rule(new Rule.Follows(window, mark, List.of(low), QemuModel.GIB));
    }
    return gap;
  }

  private void placeWide(Region hole, List<Region> all) {
    Origin source =
        plan.firmware() == QemuFirmware.SEABIOS
            ? Origin.builtIn("SeaBIOS src/fw/pciinit.c", "pci_bios_map_devices")
            : Origin.builtIn("OvmfPkg PlatformInitLib/MemDetect.c", "PlatformGetFirstNonAddress");
    Statement packs =
        Statement.required(
            "P5",
            "%s packs 64-bit registers from the start of the 64-bit PCI window, largest first"
                .formatted(plan.firmware().word()),
            source);
    Region container = plan.anchor() == 0 ? hole : firmwareWindow(hole, source);
    Region before = mark("start of 64-bit registers", packs, container);
    for (PciItem item : plan.wide()) {
      Region region = region(item);
      Alignment align = new Alignment(Gfn.floor(item.align()));
      draft.rule(new Rule.Follows(packs, region, List.of(before), align));
      draft.rule(new Rule.Inside(packs, region, container));
      before = region;
      all.add(region);
    }
  }

  /** An empty region at the start of another, for what follows that start. */
  private Region mark(String name, Statement statement, Region other) {
    Region mark = draft.region(name, QemuModel.MARK, new Length(0, 1), statement);
    draft.rule(new Rule.Sized(statement, mark, 0, 0));
    draft.rule(new Rule.SameEdge(statement, mark.start(), other.start()));
    return mark;
  }

  /** OVMF's own window starts where QEMU's does and does not end there: QEMU is told afterwards. */
  private Region firmwareWindow(Region hole, Origin source) {
    Stated<Long> stated = guest.machine().firmwareWindow64Bytes();
    boolean isGrown = stated == null && plan.firmwareWindow() > QemuPlan.OVMF_WINDOW;
    Statement there =
        Statement.required(
            "P6",
            "OVMF's 64-bit window has %s and is aligned to %s%s"
                .formatted(
                    Sizes.size(plan.firmwareWindow()),
                    Sizes.size(plan.anchor()),
                    isGrown ? ", for " + total() : ""),
            stated != null
                ? stated.origin()
                : isGrown ? plan.wide().get(0).statement().origin() : source);
    Region window =
        draft.region(
            FIRMWARE_WINDOW, "hole", Length.fixed(Gfn.floor(plan.firmwareWindow())), there);
    Region before = mark("before the window of OVMF", there, hole);
    draft.rule(
        new Rule.Follows(there, window, List.of(before), new Alignment(Gfn.floor(plan.anchor()))));
    widths.bound(draft, window);
    if (stated != null) {
      draft.change(there, List.of(QemuChanges.ovmfWindow(stated.origin())));
    } else {
      Map<String, Change> ways = new LinkedHashMap<>();
      plan.wide().forEach(item -> item.changes().forEach(way -> ways.put(way.key(), way)));
      draft.change(there, List.copyOf(ways.values()));
    }
    return window;
  }

  /** What the window has to hold, in words. */
  private String total() {
    PciItem largest = plan.wide().get(0);
    String sum = Sizes.size(PciNeeds.packedEnd(plan.wide(), 0));
    return plan.wide().size() == 1
        ? largest.name()
        : "%d 64-bit registers of %s, %s first".formatted(plan.wide().size(), sum, largest.name());
  }
}
