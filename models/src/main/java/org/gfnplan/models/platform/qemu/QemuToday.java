package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rules.IovaRules;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.p2m.index.GfnIndex;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** What QEMU, its firmware and Linux do with a guest as it is configured now. */
final class QemuToday {
  private final Scene scene;
  private final QemuPlan plan;
  private final QemuLayout made;

  private QemuToday(Scene scene, QemuPlan plan, QemuLayout made) {
    this.scene = scene;
    this.plan = plan;
    this.made = made;
  }

  static Today of(Scene scene, QemuTarget target) {
    QemuAnswer answer = QemuReplay.layout(QemuGuest.config(scene, target));
    if (answer instanceof QemuLayout made) {
      return new QemuToday(scene, QemuPlan.with(scene.guest().pci().ports(), scene, target), made)
          .today();
    }
    String text = answer instanceof QemuRefusal no ? no.text() : "";
    Stage start =
        Stage.fails(
            Stage.Name.DEVICE_MODEL,
            "QEMU does not start: " + text,
            List.of("qemu-system-x86_64: " + text));
    return Today.of(
        Stage.inOrder(
            List.of(
                start,
                Stage.ok(Stage.Name.ASSIGNMENT, "", List.of()),
                Stage.ok(Stage.Name.FIRMWARE, "", List.of()))),
        "");
  }

  private Today today() {
    long high = made.high().map(ByteRange::end).orElse(0L);
    Stage firmware = firmware();
    return new Today(
        Stage.inOrder(List.of(start(high), assignment(), firmware)),
        firmware.summary(),
        made.lowEnd(),
        high,
        List.of(),
        made.lowEnd(),
        high,
        true);
  }

  private Stage start(long high) {
    return Stage.ok(
        Stage.Name.DEVICE_MODEL,
        "low RAM ends at 0x%x".formatted(made.lowEnd())
            + (high == 0 ? "" : ", high RAM at 0x%x".formatted(high)),
        made.warnings().stream().map(warning -> "qemu-system-x86_64: " + warning.text()).toList());
  }

  private Stage assignment() {
    List<String> messages = new ArrayList<>();
    String why = ineligible(messages);
    if (why == null) {
      why = mapping(messages);
    }
    if (why != null) {
      return Stage.fails(Stage.Name.ASSIGNMENT, why, messages);
    }
    return Stage.ok(
        Stage.Name.ASSIGNMENT,
        scene.guest().devices().isEmpty()
            ? "no device is assigned"
            : "every device is assigned, and all memory mapped for it",
        messages);
  }

  /** SeaBIOS stops at the first register without room; other firmware leaves it out. */
  private Stage firmware() {
    if (made.pciHole().isEmpty()) {
      return Stage.ok(Stage.Name.FIRMWARE, success(), List.of());
    }
    String narrow = narrowRegisters();
    if (narrow != null) {
      return plan.firmware() == QemuFirmware.SEABIOS
          ? Stage.fails(
              Stage.Name.FIRMWARE, narrow, List.of("SeaBIOS: PCI: out of 32bit address space"))
          : Stage.silent(Stage.Name.FIRMWARE, narrow, List.of());
    }
    String wide = wideRegisters();
    return wide == null
        ? Stage.ok(Stage.Name.FIRMWARE, success(), List.of())
        : Stage.silent(Stage.Name.FIRMWARE, wide, List.of());
  }

  /** SeaBIOS packs 64-bit registers behind memory, however large QEMU's window is. */
  private String success() {
    boolean beyond =
        plan.firmware() == QemuFirmware.SEABIOS
            && !plan.wide().isEmpty()
            && PciNeeds.packedEnd(plan.wide(), made.hole64Start()) > made.hole64End();
    return beyond
        ? "the guest starts, but SeaBIOS places registers beyond QEMU's 64-bit PCI window"
        : "the guest starts, and everything has room";
  }

  /** Linux drivers/iommu/intel/iommu.c, device_is_rmrr_locked. */
  private @Nullable String ineligible(List<String> messages) {
    for (RdmClaim claim : RdmClaim.of(scene)) {
      for (PciAssignment owner : claim.owners()) {
        if (claim.memory().kind() == ReservedMemory.Kind.RMRR
            && !VfioRules.isRelaxable(scene, owner)) {
          messages.add(
              "vfio-pci %s: DMAR: Device is ineligible for IOMMU domain attach due to platform RMRR"
                      .formatted(owner.spelling())
                  + " requirement.  Contact your platform vendor.");
          return claim.isOwnerNamed()
              ? "Linux does not assign %s, because it has an RMRR".formatted(Words.device(owner))
              : "Linux does not assign %s if it is the device of %s, which no source names"
                  .formatted(Words.device(owner), claim.name());
        }
      }
    }
    return null;
  }

  /** Linux drivers/vfio/vfio_iommu_type1.c: memory outside of the valid addresses is refused. */
  private @Nullable String mapping(List<String> messages) {
    if (scene.guest().devices().isEmpty()) {
      return null;
    }
    List<GfnRange> memory = new ArrayList<>();
    memory.add(GfnRange.coveringBytes(0, made.lowEnd()));
    made.high().ifPresent(range -> memory.add(GfnRange.coveringBytes(range.start(), range.end())));
    made.placed()
        .forEach(placed -> memory.add(GfnRange.coveringBytes(placed.start(), placed.end())));
    Stated<Integer> bits = scene.host().iommuBits();
    GfnIndex reserved = GfnIndex.of(IovaRules.ranges(scene, true));
    for (GfnRange range : memory) {
      int met = reserved.first(range.start(), range.end());
      if (met != GfnIndex.NONE) {
        return refused(
            messages, range, "reserves 0x%x".formatted(Gfn.toBytes(reserved.start(met))));
      }
      if (bits != null && bits.value() < 52 && Gfn.toBytes(range.end()) > 1L << bits.value()) {
        return refused(messages, range, "translates %d address bits".formatted(bits.value()));
      }
    }
    return null;
  }

  private static String refused(List<String> messages, GfnRange range, String why) {
    messages.add(
        "vfio_dma_map(..., 0x%x, 0x%x, ...) = -22 (Invalid argument)"
            .formatted(Gfn.toBytes(range.start()), Gfn.toBytes(range.length())));
    return "QEMU does not start: memory at 0x%x cannot be mapped for devices, the IOMMU %s"
        .formatted(Gfn.toBytes(range.start()), why);
  }

  private @Nullable String narrowRegisters() {
    long start = plan.firmware().windowStart(plan.config().machine().board(), made.lowEnd());
    long room = plan.firmware().windowEnd() - start;
    long wanted = PciNeeds.packedEnd(plan.narrow(), 0);
    if (wanted <= Math.max(0, room)) {
      return null;
    }
    return "%s has no room for all 32-bit registers: they take %s of %s"
        .formatted(plan.firmware().word(), Sizes.size(wanted), Sizes.size(Math.max(0, room)));
  }

  private @Nullable String wideRegisters() {
    if (plan.wide().isEmpty()) {
      return null;
    }
    long start = Math.max(made.hole64Start(), QemuMachine.FOUR_GIB);
    if (plan.firmware() == QemuFirmware.OVMF) {
      Stated<Long> stated = scene.guest().machine().firmwareWindow64Bytes();
      long window = stated == null ? QemuPlan.OVMF_WINDOW : stated.value();
      if (PciNeeds.packedEnd(plan.wide(), 0) > window) {
        return "OVMF leaves registers without addresses: they take %s, its window has %s"
            .formatted(Sizes.size(PciNeeds.packedEnd(plan.wide(), 0)), Sizes.size(window));
      }
      start = ByteRange.roundUp(start, Math.max(1, Long.highestOneBit(window)));
    }
    long end = PciNeeds.packedEnd(plan.wide(), start);
    if (end > 1L << made.physicalBits()) {
      return "64-bit registers end at 0x%x, beyond the guest's %d address bits"
          .formatted(end, made.physicalBits());
    }
    Stated<Integer> bits = scene.host().iommuBits();
    if (bits != null && bits.value() < 52 && end > 1L << bits.value()) {
      return "64-bit registers end at 0x%x, beyond the %d address bits that the IOMMU translates"
          .formatted(end, bits.value());
    }
    return null;
  }
}
