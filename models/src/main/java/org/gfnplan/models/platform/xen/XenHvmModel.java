package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.qemu.OwnFrames;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
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
  private final XenChanges edits;
  private final long ram;
  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Region> madeFirst = new ArrayList<>();
  private final List<Region> madeLater = new ArrayList<>();
  private final Map<Statement, List<Change>> changes = new LinkedHashMap<>();
  private final Region low;
  private final Region high;

  private XenHvmModel(Scene scene) {
    this.scene = scene;
    this.guest = scene.guest();
    this.edits = new XenChanges(scene);
    this.ram = ramFrames(guest);
    Stated<Long> stated =
        guest.maxMemoryKib().isDefault() ? guest.memoryKib() : guest.maxMemoryKib();
    Statement memory =
        Statement.required(
            "R1",
            "the guest has %s of RAM besides %s of video memory"
                .formatted(
                    Sizes.size(ram << Gfn.SHIFT), Sizes.size(guest.videoKib().value() * 1024)),
            stated.origin());
    low = region(LOW, "ram", new Length(0, ram), memory);
    high = region(HIGH, "ram", new Length(0, ram), memory);
    rules.add(new Rule.Pinned(memory, low, 0));
    rules.add(new Rule.Pinned(memory, high, FOUR_GIB));
    rules.add(new Rule.TotalLength(memory, List.of(low, high), GfnSet.empty(), ram));
  }

  static Model of(Scene scene) {
    XenHvmModel model = new XenHvmModel(scene);
    model.limitRam();
    model.limitHole();
    Region qemuFrames = model.agreeWithQemu();
    model.reserveFirmware();
    model.protectReservedMemory(qemuFrames);
    return new Model(new Problem(model.regions, model.rules, model.preferences()), model.changes);
  }

  /** RAM of the guest without video memory, in frames; rounded down. */
  static long ramFrames(Guest guest) {
    return Gfn.floor((guest.maxMemoryKib().value() - guest.videoKib().value()) * 1024);
  }

  private void limitRam() {
    Statement least =
        Statement.required(
            "R2",
            "low RAM is at least 2 MiB",
            Origin.builtIn("hvmloader e820.c", "BUG_ON(low_mem_end < (2u << 20))"));
    rules.add(new Rule.Sized(least, low, (2 * XenLayout.MIB) >> Gfn.SHIFT, Gfn.LIMIT));
    withinWidth(low);
    withinWidth(high);
  }

  private void withinWidth(Region region) {
    Rule.Within rule = AddressWidth.of(guest, region);
    if (rule != null) {
      rules.add(rule);
    }
  }

  private void limitHole() {
    Statement limit =
        Statement.required(
            "H1",
            "low RAM ends at or below 0x%x".formatted(XenLayout.HVM_LOW_RAM_LIMIT),
            Origin.builtIn("public hvm/e820.h", "HVM_BELOW_4G_RAM_END"));
    rules.add(new Rule.Sized(limit, low, 0, LOW_LIMIT));
    Statement largest =
        Statement.required(
            "H2",
            "the hole is at most %d MiB, so low RAM fills the first %s"
                .formatted(MmioHole.LARGEST_MIB, Sizes.size(Math.min(ram, LEAST_LOW) << Gfn.SHIFT)),
            Origin.builtIn("xl_parse.c", "mmio_hole is taken from 256 to 3840 MiB"));
    rules.add(new Rule.Sized(largest, low, Math.min(ram, LEAST_LOW), Gfn.LIMIT));
    Statement grid =
        Statement.required(
            "H4",
            "low RAM ends at a whole MiB",
            Origin.builtIn("xl_parse.c", "mmio_hole is in MiB"));
    rules.add(new Rule.OnGrid(grid, low.end(), MIB_FRAMES));
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
      rules.add(new Rule.Sized(stated, low, lowFrames, lowFrames));
      changes.put(stated, edits.forHole(hole.origin()));
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
    Region qemu = region(QEMU_LOW, "qemu", new Length(0, LOW_LIMIT), sameEnd);
    rules.add(new Rule.Pinned(sameEnd, qemu, 0));
    rules.add(new Rule.SameEdge(sameEnd, qemu.end(), low.end()));
    Statement whole =
        Statement.required(
            "Q2",
            "QEMU is told the guest's RAM in whole MiB",
            Origin.builtIn("libxl_dm.c", "-m is rounded up to MiB"));
    rules.add(new Rule.OnGrid(whole, high.end(), MIB_FRAMES));
    rules.add(new Rule.OnGrid(whole, low.end(), MIB_FRAMES));
    long taken = QemuView.ownBytes(guest.videoKib().value()) >> Gfn.SHIFT;
    if (taken == 0) {
      return null;
    }
    Statement own =
        Statement.required(
            "Q3",
            "QEMU makes frames for video memory right after RAM",
            Origin.builtIn("hw/i386/xen/xen-hvm.c", "xen_ram_alloc"));
    Region frames = region(QEMU_FRAMES, "qemu", Length.fixed(taken), own);
    rules.add(new Rule.Follows(own, frames, List.of(low, high), QEMU_BLOCK));
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
      Region region = region(area.name(), "firmware", Length.fixed(area.range().length()), there);
      rules.add(new Rule.Pinned(there, region, area.range().start()));
      (area.isMadeFirst() ? madeFirst : madeLater).add(region);
    }
  }

  private void protectReservedMemory(@Nullable Region qemuFrames) {
    List<Region> all = new ArrayList<>(List.of(low, high));
    all.addAll(madeFirst);
    if (qemuFrames != null) {
      all.add(qemuFrames);
    }
    Statement firmware =
        Statement.required(
            "D3",
            "an identity mapping cannot lie on pages that firmware or the chipset uses",
            Origin.builtIn("hvmloader e820.c", "memory_map_setup"));
    for (RdmClaim claim : RdmClaim.of(scene)) {
      GfnRange frames = claim.memory().frames();
      Statement there =
          Statement.required(
              "D1",
              "the %s of %s is reached at %s and nowhere else"
                  .formatted(
                      RdmClaim.word(claim.memory().kind()),
                      Words.owners(claim.memory()),
                      Sizes.range(frames.start() << Gfn.SHIFT, frames.end() << Gfn.SHIFT)),
              claim.memory().origin());
      Region rdm = region(claim.name(), "rdm", Length.fixed(frames.length()), there);
      changes.put(there, edits.forMemory(claim));
      rules.add(new Rule.Pinned(there, rdm, frames.start()));
      rules.add(new Rule.Apart(firmware, rdm, madeLater));
      withinWidth(rdm);
      keepClear(claim, rdm, all);
      keepTogether(claim, rdm, frames);
    }
  }

  /**
   * D2: nothing else lies there, by the word of each device that reaches it, or of the guest. A
   * relaxed one is given up for one piece of reserved memory, not for all that a line covers, so
   * each piece has a statement of its own.
   */
  private void keepClear(RdmClaim claim, Region rdm, List<Region> others) {
    if (claim.owners().isEmpty()) {
      RdmPolicy policy = guest.rdmPolicy().value();
      Statement all =
          new Statement(
              "D2",
              "nothing else lies on %s, as on all reserved memory of the host (%s)"
                  .formatted(claim.name(), policy.word()),
              guest.rdmStrategy().origin(),
              strength(policy));
      rules.add(new Rule.Apart(all, rdm, others));
      changes.put(all, edits.forStrategy());
    }
    for (PciAssignment owner : claim.owners()) {
      RdmPolicy policy = RdmClaim.policy(guest, owner);
      Statement own =
          new Statement(
              "D2",
              "%s is in the guest and nothing else lies on its %s (%s)"
                  .formatted(Words.device(owner), claim.name(), policy.word()),
              owner.origin(),
              strength(policy));
      rules.add(new Rule.Apart(own, rdm, others));
      changes.put(own, edits.forPolicy(claim, owner));
      if (policy == RdmPolicy.RELAXED) {
        keepLibxlFromMovingRam(claim, rdm);
      }
    }
    if (claim.owners().isEmpty() && guest.rdmPolicy().value() == RdmPolicy.RELAXED) {
      keepLibxlFromMovingRam(claim, rdm);
    }
  }

  private static Strength strength(RdmPolicy policy) {
    return policy == RdmPolicy.STRICT ? Strength.REQUIRED : Strength.preferred(1);
  }

  /** D4: above a stated boundary libxl moves RAM even when relaxed, and QEMU is not told. */
  private void keepLibxlFromMovingRam(RdmClaim claim, Region rdm) {
    Stated<Long> boundary = guest.rdmBoundaryMib();
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
    Rule.Apart apart = new Rule.Apart(moved, rdm, List.of(low));
    if (!rules.contains(apart)) {
      rules.add(apart);
      changes.put(moved, edits.forBoundary(boundary.origin()));
    }
  }

  /** D5: who shares reserved memory goes into one guest, unless the guest allows sharing. */
  private void keepTogether(RdmClaim claim, Region rdm, GfnRange frames) {
    List<DeviceScope> outside = claim.outsiders();
    List<PciAssignment> strict =
        claim.owners().stream()
            .filter(owner -> RdmClaim.policy(guest, owner) == RdmPolicy.STRICT)
            .toList();
    if (!claim.isShared() || outside.isEmpty() || strict.isEmpty()) {
      return;
    }
    Statement also =
        Statement.required(
            "D5",
            "%s reaches %s too and is not in the guest"
                .formatted(Words.scopes(outside), claim.name()),
            claim.memory().origin());
    Region shared =
        region(
            "%s outside the guest (%s)".formatted(Words.scopes(outside), claim.name()),
            "rdm",
            Length.fixed(frames.length()),
            also);
    rules.add(new Rule.Pinned(also, shared, frames.start()));
    changes.put(also, edits.forOutsiders(outside, strict.get(0)));
    for (PciAssignment owner : strict) {
      Statement alone =
          Statement.required(
              "D6",
              "%s shares no reserved memory with a device outside the guest (strict)"
                  .formatted(Words.device(owner)),
              owner.origin());
      rules.add(new Rule.Apart(alone, rdm, List.of(shared)));
      changes.put(alone, edits.forSharing(claim, owner));
    }
  }

  private Region region(String name, String kind, Length length, Statement statement) {
    Region region = new Region(name, kind, length, Alignment.NONE, statement);
    regions.add(region);
    return region;
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
