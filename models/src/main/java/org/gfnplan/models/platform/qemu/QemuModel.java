package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rdm.KeptRules;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.IovaRules;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** A guest of QEMU's own, as a problem. */
final class QemuModel {
  /*
   * Low RAM is [0, E), high RAM follows 4 GiB (or 1 TiB), memory devices follow high RAM at a whole
   * GiB, and the 64-bit PCI window follows those. E and the size of that window are what a layout
   * decides; everything else is an edge that moves with E. Registers in the 64-bit window follow
   * each other as firmware packs them, so they move with E, too.
   */
  static final String LOW = "low RAM";
  static final String HIGH = "high RAM";
  static final String DEVICES = "memory devices";
  static final String HOLE64 = "64-bit PCI window";

  /** The kind of regions that only carry an address and are shown to nobody. */
  static final String MARK = "mark";

  static final Alignment GIB = new Alignment(1L << 18);

  private final Guest guest;
  private final QemuPlan plan;
  private final QemuMachine machine;
  private final Draft draft = new Draft();
  private final Widths widths;
  private final Region low;
  private final Region high;

  private QemuModel(Scene scene, QemuTarget target) {
    this.guest = scene.guest();
    this.plan = QemuPlan.of(scene, target);
    this.machine = plan.config().machine();
    Stated<Integer> bits = QemuGuest.statedBits(guest);
    this.widths = Widths.of(scene.with(guest.withMachine(guest.machine().withPhysicalBits(bits))));
    long ram = frames(plan.config().roundedRam());
    Statement memory =
        Statement.required(
            "R1",
            "the guest has %s of RAM".formatted(Sizes.size(Gfn.toBytes(ram))),
            guest.memory().statedKib().origin());
    low = draft.region(LOW, "ram", new Length(0, ram), memory);
    high = draft.region(HIGH, "ram", new Length(0, ram), memory);
    draft.rule(new Rule.Pinned(memory, low, 0));
    draft.rule(new Rule.TotalLength(memory, List.of(low, high), GfnSet.empty(), ram));
    widths.bound(draft, low);
    widths.bound(draft, high);
    if (bits != null) {
      widths.change("G1", draft, QemuChanges.physicalBits(bits.origin()));
    }
  }

  static Model of(Scene scene, QemuTarget target) {
    QemuModel model = new QemuModel(scene, target);
    model.splitRam();
    model.startHighRam();
    List<Region> reachable = new ArrayList<>(List.of(model.low, model.high));
    QemuMemoryDevices devices =
        new QemuMemoryDevices(model.draft, scene, model.plan, model.widths, model.high);
    Region before = devices.add(reachable);
    Region hole = model.hole64(before);
    if (hole != null) {
      QemuPciModel pci = new QemuPciModel(model.draft, model.guest, model.plan, model.widths);
      List<Region> placed = pci.place(model.low, hole);
      reachable.addAll(placed);
      QemuLaterDevices.add(model.draft, scene, model.plan, model.widths, model.low, placed);
    }
    IovaRules.add(model.draft, scene, true, reachable);
    KeptRules.add(model.draft, scene, model.low, reachable, List.of());
    VfioRules.add(model.draft, scene, reachable);
    return model.draft.model(model.preferences(hole));
  }

  static long frames(long bytes) {
    return Gfn.floor(bytes);
  }

  private void splitRam() {
    Stated<Long> asked = guest.machine().maxRamBelow4gBytes();
    if (asked != null) {
      long end = frames(plan.config().machine().lowRamEnd(plan.ram(), asked.value()));
      Statement stated =
          Statement.required(
              "H6",
              "`max-ram-below-4g` is %s, so QEMU ends low RAM at %s"
                  .formatted(Sizes.size(asked.value()), Sizes.address(Gfn.toBytes(end))),
              asked.origin());
      draft.rule(new Rule.Sized(stated, low, end, end));
      draft.change(stated, List.of(QemuChanges.lowRam(asked.origin())));
      endBeforeIoapic();
      return;
    }
    long cap = frames(plan.lowCap());
    Origin source = Origin.builtIn(plan.splitSource(), plan.splitFunction());
    if (plan.mayBeAllLow()) {
      Statement split =
          Statement.required(
              "Q4",
              "QEMU ends low RAM at or below %s, or has no other RAM"
                  .formatted(Sizes.address(plan.lowCap())),
              source);
      long all = frames(plan.ram());
      Region mark = draft.region("end of low RAM", MARK, Length.fixed(1), split);
      draft.rule(
          new Rule.Within(
              split,
              mark,
              GfnSet.of(new GfnRange(leastLow(), cap + 1), new GfnRange(all, all + 1))));
      draft.rule(new Rule.SameEdge(split, mark.start(), low.end()));
      return;
    }
    boolean fixed = machine.board() == QemuMachine.Board.MICROVM;
    Statement split =
        Statement.required(
            "Q4",
            fixed
                ? "a microvm ends low RAM at %s".formatted(Sizes.address(plan.lowCap()))
                : "QEMU ends low RAM at or below %s".formatted(Sizes.address(plan.lowCap())),
            source);
    draft.rule(new Rule.Sized(split, low, fixed ? cap : leastLow(), cap));
  }

  /** QEMU dies of low RAM that reaches the IOAPIC: its PCI window is then empty (range.h). */
  private void endBeforeIoapic() {
    Statement before =
        Statement.required(
            "Q8",
            "low RAM ends before the IOAPIC at %s"
                .formatted(Sizes.address(QemuMachine.PCI_HOLE_END)),
            Origin.builtIn("hw/pci-host/i440fx.c", "i440fx_init"));
    draft.rule(new Rule.Sized(before, low, 0, frames(QemuMachine.PCI_HOLE_END) - 1));
  }

  /** QEMU warns of less than 1 MiB (pc.c, pc_machine_set_max_ram_below_4g). */
  private long leastLow() {
    return Math.min(frames(plan.ram()), 256);
  }

  private void startHighRam() {
    Origin source = Origin.builtIn("hw/i386/pc.c", "pc_memory_init");
    Statement start =
        Statement.required(
            "Q5",
            plan.isRelocated()
                ? "QEMU starts high RAM at 1 TiB, because an AMD processor's guest would reach"
                    + " 0xfd00000000"
                : "QEMU starts high RAM at 4 GiB",
            source);
    draft.rule(new Rule.Pinned(start, high, frames(plan.highStart())));
  }

  private @Nullable Region hole64(Region before) {
    if (!machine.board().hasPci()) {
      return null;
    }
    long usual = machine.board().hole64Default();
    Stated<Long> asked = guest.machine().pciHole64Bytes();
    Statement follows =
        Statement.required(
            "Q7",
            "QEMU's 64-bit PCI window follows memory at a whole GiB",
            Origin.builtIn("hw/i386/pc.c", "pc_pci_hole64_start"));
    Region hole = draft.region(HOLE64, "hole", new Length(0, plan.mostHole64()), follows);
    draft.rule(new Rule.Follows(follows, hole, List.of(before), GIB));
    if (asked != null) {
      Statement stated =
          Statement.required(
              "H7", "`pci-hole64-size` is %s".formatted(Sizes.size(asked.value())), asked.origin());
      long size = Gfn.ceil(asked.value());
      draft.rule(new Rule.Sized(stated, hole, size, size));
      draft.change(stated, List.of(QemuChanges.hole64(asked.origin())));
    } else {
      if (widths.endByte() < plan.expectedHoleStart() + usual) {
        usual = 0;
      }
      Statement least =
          Statement.required(
              "P1",
              usual == 0
                  ? "the 64-bit PCI window has less than its default, which no address reaches"
                  : "the 64-bit PCI window has its default of %s or more"
                      .formatted(Sizes.size(usual)),
              Origin.builtIn(
                  machine.board() == QemuMachine.Board.Q35
                      ? "hw/pci-host/q35.c"
                      : "hw/pci-host/i440fx.c",
                  "pci-hole64-size"));
      draft.rule(new Rule.Sized(least, hole, frames(usual), Gfn.LIMIT));
      draft.rule(new Rule.OnGrid(least, hole.end(), GIB.frames()));
    }
    limitHole(hole);
    return hole;
  }

  /** The processor must reach the end of the window; and only then does AMD's range stay clear. */
  private void limitHole(Region hole) {
    widths.boundBy("G1", draft, hole);
    widths.boundBy("V5", draft, hole);
    if (!plan.avoidsAmdHole()) {
      return;
    }
    Origin source = Origin.builtIn("hw/i386/pc.c", "pc_memory_init: AMD_HT_START");
    if (plan.isRelocated()) {
      Statement reaches =
          Statement.required(
              "Q5", "high RAM is at 1 TiB only when the window would reach 0xfd00000000", source);
      draft.rule(new Rule.Sized(reaches, hole, Gfn.ceil(plan.leastHoleToRelocate()), Gfn.LIMIT));
      return;
    }
    Statement clear =
        Statement.required(
            "Q5", "high RAM is at 4 GiB only when the window ends below 0xfd00000000", source);
    draft.rule(
        new Rule.Within(
            clear, hole, GfnSet.of(new GfnRange(0, frames(QemuMachine.AMD_HOLE_START)))));
  }

  /** The default split, else one at a whole GiB; the smallest window; else near the default. */
  private List<Preference> preferences(@Nullable Region hole) {
    Preference.Wish usual = new Preference.Wish(low.end(), frames(plan.usualLowEnd()));
    List<Preference> found = new ArrayList<>();
    found.add(new Preference.Unmoved(List.of(usual)));
    found.add(new Preference.Whole(List.of(low.end()), GIB.frames()));
    if (hole != null) {
      found.add(new Preference.Shortest(List.of(hole)));
    }
    found.add(new Preference.Near(List.of(usual)));
    return found;
  }
}
