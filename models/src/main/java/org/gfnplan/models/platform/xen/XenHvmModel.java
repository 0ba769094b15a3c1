package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.qemu.OwnFrames;
import org.gfnplan.models.platform.rdm.KeptRules;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rdm.RdmRules;
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
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** A guest of type HVM with qemu-xen on a Xen host, as a problem. */
final class XenHvmModel {
  /*
   * Low RAM is [0, E) and high RAM [4 GiB, 4 GiB + memory - E): hvm_info knows no other shape. What
   * a layout decides is E. It is reached by setting mmio_hole to 4 GiB - E, which is the one knob
   * that libxl, hvmloader and QEMU all obey; when all RAM is low, no setting is needed. libxl's own
   * way of lowering E for reserved device memory is never used, because QEMU is not told.
   */
  static final String LOW = "low RAM";
  static final String HIGH = "high RAM";
  static final String QEMU_LOW = "QEMU low RAM";
  static final String QEMU_FRAMES = "QEMU video memory";

  private static final long MIB_FRAMES = XenLayout.MIB >> Gfn.SHIFT;
  private static final long LOW_LIMIT = XenLayout.HVM_LOW_RAM_LIMIT >> Gfn.SHIFT;
  private static final long FOUR_GIB = XenLayout.FOUR_GIB >> Gfn.SHIFT;
  private static final Alignment QEMU_BLOCK = new Alignment(OwnFrames.STEP >> Gfn.SHIFT);

  private final Scene scene;
  private final Guest guest;
  private final long ram;
  private final Draft draft = new Draft();
  private final Widths widths;
  private final List<Region> madeFirst = new ArrayList<>();
  private final List<Region> madeLater = new ArrayList<>();
  private final Region low;
  private final Region high;

  private XenHvmModel(Scene scene) {
    this.scene = scene;
    this.guest = scene.guest();
    this.widths = Widths.of(scene);
    this.ram = guest.memory().ramFrames();
    Stated<Long> stated =
        guest.memory().mostKib().isDefault() ? guest.memory().startKib() : guest.memory().mostKib();
    Statement memory =
        Statement.required(
            "R1",
            "the guest has %s of RAM besides %s of video memory"
                .formatted(
                    Sizes.size(ram << Gfn.SHIFT),
                    Sizes.size(guest.memory().videoKib().value() * 1024)),
            stated.origin());
    low = draft.region(LOW, "ram", new Length(0, ram), memory);
    high = draft.region(HIGH, "ram", new Length(0, ram), memory);
    draft.rule(new Rule.Pinned(memory, low, 0));
    draft.rule(new Rule.Pinned(memory, high, FOUR_GIB));
    draft.rule(new Rule.TotalLength(memory, List.of(low, high), GfnSet.empty(), ram));
  }

  static Model of(Scene scene) {
    XenHvmModel model = new XenHvmModel(scene);
    model.limitRam();
    model.limitHole();
    Region qemuFrames = model.agreeWithQemu();
    model.reserveFirmware();
    model.protectReservedMemory(qemuFrames);
    XenPmem.refuse(model.draft, model.guest);
    return model.draft.model(model.preferences());
  }

  private void limitRam() {
    Statement least =
        Statement.required(
            "R2",
            "low RAM is at least 2 MiB",
            Origin.builtIn("hvmloader e820.c", "BUG_ON(low_mem_end < (2u << 20))"));
    draft.rule(new Rule.Sized(least, low, (2 * XenLayout.MIB) >> Gfn.SHIFT, Gfn.LIMIT));
    withinWidth(low);
    withinWidth(high);
  }

  private void withinWidth(Region region) {
    widths.bound(draft, region);
  }

  private void limitHole() {
    Statement limit =
        Statement.required(
            "H1",
            "low RAM ends at or below 0x%x".formatted(XenLayout.HVM_LOW_RAM_LIMIT),
            Origin.builtIn("public hvm/e820.h", "HVM_BELOW_4G_RAM_END"));
    draft.rule(new Rule.Sized(limit, low, 0, LOW_LIMIT));
    Statement largest =
        Statement.required(
            "H2",
            "the hole is at most %d MiB, so low RAM fills the first %s"
                .formatted(MmioHole.LARGEST_MIB, Sizes.size(Math.min(ram, LEAST_LOW) << Gfn.SHIFT)),
            Origin.builtIn("xl_parse.c", "mmio_hole is taken from 256 to 3840 MiB"));
    draft.rule(new Rule.Sized(largest, low, Math.min(ram, LEAST_LOW), Gfn.LIMIT));
    Statement grid =
        Statement.required(
            "H4",
            "low RAM ends at a whole MiB",
            Origin.builtIn("xl_parse.c", "mmio_hole is in MiB"));
    draft.rule(new Rule.OnGrid(grid, low.end(), MIB_FRAMES));
    Stated<Integer> hole = guest.mmioHoleMib();
    if (hole != null) {
      long start =
          Math.min(LOW_LIMIT, (XenLayout.FOUR_GIB - hole.value() * XenLayout.MIB) >> Gfn.SHIFT);
      long lowFrames = Math.min(ram, start);
      Statement stated =
          Statement.required(
              "H3",
              "the hole below 4 GiB is %d MiB, so low RAM ends at 0x%x"
                  .formatted(hole.value(), lowFrames << Gfn.SHIFT),
              hole.origin());
      draft.rule(new Rule.Sized(stated, low, lowFrames, lowFrames));
      draft.change(stated, XenChanges.forHole(hole.origin()));
    }
  }

  private static final long LEAST_LOW =
      (XenLayout.FOUR_GIB - MmioHole.LARGEST_MIB * XenLayout.MIB) >> Gfn.SHIFT;

  /** What QEMU believes, and the frames it takes for itself; null when it takes none. */
  private @Nullable Region agreeWithQemu() {
    Statement sameEnd =
        Statement.required(
            "Q1",
            "QEMU's low RAM ends where the builder's does",
            Origin.builtIn("hw/i386/xen/xen-hvm.c", "xen_ram_init"));
    Region qemu = draft.region(QEMU_LOW, "qemu", new Length(0, ram), sameEnd);
    draft.rule(new Rule.Pinned(sameEnd, qemu, 0));
    draft.rule(new Rule.SameEdge(sameEnd, qemu.end(), low.end()));
    Statement whole =
        Statement.required(
            "Q2",
            "QEMU is told the guest's RAM in whole MiB",
            Origin.builtIn("libxl_dm.c", "-m is rounded up to MiB"));
    draft.rule(new Rule.OnGrid(whole, high.end(), MIB_FRAMES));
    long taken = QemuView.ownBytes(guest.memory().videoKib().value()) >> Gfn.SHIFT;
    if (taken == 0) {
      return null;
    }
    Statement own =
        Statement.required(
            "Q3",
            "QEMU makes frames for video memory right after RAM",
            Origin.builtIn("hw/i386/xen/xen-hvm.c", "xen_ram_alloc"));
    Region frames = draft.region(QEMU_FRAMES, "qemu", Length.fixed(taken), own);
    draft.rule(new Rule.Follows(own, frames, List.of(low, high), QEMU_BLOCK));
    withinWidth(frames);
    return frames;
  }

  private void reserveFirmware() {
    for (FixedArea area : FixedArea.top(guest)) {
      Statement there =
          Statement.required(
              area.id(),
              "%s takes %s".formatted(area.name(), Sizes.range(area.startByte(), area.endByte())),
              area.origin());
      Region region =
          draft.region(area.name(), "firmware", Length.fixed(area.range().length()), there);
      draft.rule(new Rule.Pinned(there, region, area.range().start()));
      (area.isMadeFirst() ? madeFirst : madeLater).add(region);
    }
  }

  private void protectReservedMemory(@Nullable Region qemuFrames) {
    List<Region> pages = new ArrayList<>(madeFirst);
    if (qemuFrames != null) {
      pages.add(qemuFrames);
    }
    RdmRules reserved = new RdmRules(draft, scene, List.of(low, high), pages);
    Origin setup = Origin.builtIn("hvmloader e820.c", "memory_map_setup");
    reserved
        .place(madeLater, setup)
        .forEach(
            (claim, region) -> {
              withinWidth(region);
              if (mayLoseToRam(claim)) {
                keepLibxlFromMovingRam(claim, region);
              }
            });
    reserved.protect();
    IovaRules.add(draft, scene, false, List.of(low, high));
    XenBarRules.add(draft, scene, low);
    KeptRules.add(draft, scene, low, List.of(low, high), pages);
  }

  /** Whether libxl builds the guest though RAM has to lie on this memory. */
  private boolean mayLoseToRam(RdmClaim claim) {
    return claim.owners().isEmpty()
        ? claim.byHost() && guest.rdm().policy().value() == RdmPolicy.RELAXED
        : claim.owners().stream()
            .anyMatch(owner -> RdmClaim.policies(guest, owner).ram() == RdmPolicy.RELAXED);
  }

  /** D4: above a stated boundary libxl moves RAM even when relaxed, and QEMU is not told. */
  private void keepLibxlFromMovingRam(RdmClaim claim, Region rdm) {
    Stated<Long> boundary = guest.rdm().boundaryMib();
    long start = claim.memory().frames().start() << Gfn.SHIFT;
    if (boundary.isDefault() || start <= boundary.value() * XenLayout.MIB) {
      return;
    }
    Statement moved =
        Statement.required(
            "D4",
            "above %d MiB libxl moves RAM away and does not tell QEMU, so low RAM must end before %s"
                .formatted(boundary.value(), rdm.name()),
            boundary.origin());
    draft.rule(new Rule.Apart(moved, rdm, List.of(low)));
    draft.change(moved, XenChanges.forBoundary(boundary.origin()));
  }

  private List<Preference> preferences() {
    long plain = Math.min(ram, LOW_LIMIT);
    return List.of(
        new Preference.Near(List.of(new Preference.Wish(low.end(), plain))),
        new Preference.Shortest(List.of(high)),
        new Preference.Whole(List.of(low.end(), high.end()), 1L << 18),
        new Preference.Whole(List.of(low.end(), high.end()), 1L << 9));
  }
}
