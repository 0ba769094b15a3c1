package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pmem.PmemChanges;
import org.gfnplan.models.platform.pmem.PmemRules;
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

/** M: DIMMs and NVDIMMs in the region that QEMU keeps for them. */
final class QemuMemoryDevices {
  /*
   * QEMU gives each device the first place that fits, in the order of the command line, counted
   * from the start of the region. That start is a whole GiB, so for alignments up to a GiB the
   * distances from it do not depend on where low RAM ends, and a layout has QEMU's own. With larger
   * alignments or stated addresses they do; then the region stays where the default split puts it.
   */
  private static final Origin FIRST_FIT =
      Origin.builtIn("hw/mem/memory-device.c", "memory_device_get_free_addr");

  private final Draft draft;
  private final Scene scene;
  private final Guest guest;
  private final QemuPlan plan;
  private final Widths widths;
  private final Region high;

  QemuMemoryDevices(Draft draft, Scene scene, QemuPlan plan, Widths widths, Region high) {
    this.draft = draft;
    this.scene = scene;
    this.guest = scene.guest();
    this.plan = plan;
    this.widths = widths;
    this.high = high;
  }

  /** Adds them, and to {@code reachable} what devices may send to; what the next thing follows. */
  Region add(List<Region> reachable) {
    long bytes = plan.deviceRegion();
    if (bytes == 0) {
      return high;
    }
    Region region = region(bytes);
    budget();
    Map<PmemWindow, Region> earlier = new LinkedHashMap<>();
    List<Long> starts = firstFit();
    for (int i = 0; i < guest.pmem().size(); i++) {
      PmemWindow window = guest.pmem().get(i);
      earlier.put(window, window(window, region, starts.get(i), List.copyOf(earlier.values())));
    }
    PmemRules.backing(draft, scene, earlier);
    reachable.addAll(earlier.values());
    return plan.config().machine().has(QemuMachine.Quirk.RESERVED_END_AT_BASE) ? high : region;
  }

  private Region region(long bytes) {
    MemorySlots room = guest.memory().slots();
    Statement there =
        Statement.required(
            "M1",
            "QEMU keeps %s for memory devices: what `maxmem` leaves, and 1 GiB for each slot"
                .formatted(Sizes.size(bytes)),
            room == null ? guest.pmem().get(0).origin() : room.mostBytes().origin());
    Region region =
        draft.region(QemuModel.DEVICES, "hole", Length.fixed(QemuModel.frames(bytes)), there);
    draft.rule(new Rule.Follows(there, region, List.of(high), QemuModel.GIB));
    if (!plan.config().machine().has(QemuMachine.Quirk.RESERVED_END_AT_BASE)) {
      widths.boundBy("G1", draft, region);
    }
    if (room != null) {
      draft.change(there, List.of(QemuChanges.slots(room.mostBytes().origin())));
    }
    return region;
  }

  /** The sizes add up to no more than {@code maxmem} leaves; gaps do not count. */
  private void budget() {
    MemorySlots room = guest.memory().slots();
    if (room == null || guest.pmem().isEmpty()) {
      return;
    }
    long left = Gfn.floor(plan.config().maxMemory() - plan.ram());
    long sum = 0;
    for (PmemWindow window : guest.pmem()) {
      sum += Gfn.floor(QemuGuest.device(window).guestSize());
    }
    Statement limit =
        Statement.required(
            "M3",
            "`maxmem` leaves %s for memory devices".formatted(Sizes.size(Gfn.toBytes(left))),
            room.mostBytes().origin());
    Statement wanted =
        Statement.required(
            "M2",
            "the memory devices have %s together".formatted(Sizes.size(Gfn.toBytes(sum))),
            guest.pmem().get(0).origin());
    Region budget =
        draft.region(
            "all memory devices", QemuModel.MARK, new Length(0, Math.max(sum, left)), wanted);
    draft.rule(new Rule.Sized(wanted, budget, sum, Gfn.LIMIT));
    draft.rule(new Rule.Sized(limit, budget, 0, left));
    draft.change(limit, List.of(QemuChanges.slots(room.mostBytes().origin())));
    draft.change(wanted, guest.pmem().stream().map(PmemChanges::drop).toList());
  }

  private Region window(PmemWindow window, Region region, long start, List<Region> earlier) {
    QemuDevice device = QemuGuest.device(window);
    long align = QemuModel.frames(step(device));
    Statement there =
        Statement.required(
            "M2",
            "`%s` takes %s, aligned to %s"
                .formatted(window.name(), Sizes.size(device.guestSize()), Sizes.size(step(device))),
            window.origin());
    Region placed =
        draft.region(
            PmemRules.regionName(window),
            PmemRules.KIND,
            Length.fixed(QemuModel.frames(device.guestSize())),
            new Alignment(align),
            there);
    draft.change(there, List.of(PmemChanges.drop(window)));
    draft.rule(new Rule.Inside(there, placed, region));
    if (!earlier.isEmpty()) {
      draft.rule(new Rule.Apart(there, placed, earlier));
    }
    widths.bound(draft, placed);
    Stated<Long> stated = window.startByte();
    if (stated != null) {
      Statement pinned =
          Statement.required(
              "M4",
              "`%s` starts at %s".formatted(window.name(), Sizes.address(stated.value())),
              stated.origin());
      draft.rule(new Rule.Pinned(pinned, placed, Gfn.floor(stated.value())));
      draft.change(pinned, List.of(QemuChanges.unpin(window)));
    } else {
      follow(placed, region, start);
    }
    return placed;
  }

  /** Where QEMU puts it, counted from the start of the region, or as an address. */
  private void follow(Region placed, Region region, long start) {
    Statement fit =
        Statement.required("M5", "QEMU gives a memory device the first place that fits", FIRST_FIT);
    if (isAbsolute()) {
      draft.rule(new Rule.Pinned(fit, placed, Gfn.floor(start)));
      draft.rule(new Rule.Pinned(fit, region, Gfn.floor(plan.expectedDeviceStart())));
      return;
    }
    if (start == 0) {
      draft.rule(new Rule.SameEdge(fit, placed.start(), region.start()));
      return;
    }
    Region before =
        draft.region(
            "before " + placed.name(), QemuModel.MARK, Length.fixed(Gfn.floor(start)), fit);
    draft.rule(new Rule.SameEdge(fit, before.start(), region.start()));
    draft.rule(new Rule.SameEdge(fit, before.end(), placed.start()));
  }

  private boolean isAbsolute() {
    return guest.pmem().stream()
        .anyMatch(
            window ->
                window.startByte() != null
                    || QemuGuest.device(window).alignment() > Gfn.toBytes(QemuModel.GIB.frames()));
  }

  /**
   * Where QEMU puts each: an address, or counted from the start of the region. The region has no
   * end here, so a device that QEMU refuses for want of room has a place outside of it.
   */
  private List<Long> firstFit() {
    long base = isAbsolute() ? plan.expectedDeviceStart() : 0;
    List<Long> starts = new ArrayList<>();
    TreeMap<Long, Long> taken = new TreeMap<>();
    for (PmemWindow window : guest.pmem()) {
      QemuDevice device = QemuGuest.device(window);
      long start = device.address();
      if (window.startByte() == null) {
        start = ByteRange.roundUp(base, step(device));
        for (Map.Entry<Long, Long> other : taken.entrySet()) {
          if (other.getKey() < start + device.guestSize() && start < other.getValue()) {
            start = ByteRange.roundUp(other.getValue(), step(device));
          }
        }
      }
      starts.add(start);
      taken.merge(start, start + device.guestSize(), Math::max);
    }
    return starts;
  }

  private long step(QemuDevice device) {
    return plan.config().machine().has(QemuMachine.Quirk.DIMMS_BY_PAGE)
        ? QemuDevice.PAGE
        : device.alignment();
  }
}
