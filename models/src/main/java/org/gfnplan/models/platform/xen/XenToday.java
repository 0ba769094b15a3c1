package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** What xl, libxl, Xen, hvmloader and QEMU do with an HVM guest as it is configured. */
final class XenToday {
  private final Scene scene;
  private final BuilderRequest request;
  private final BuilderResult built;
  private final List<String> messages = new ArrayList<>();

  private XenToday(Scene scene) {
    this.scene = scene;
    this.request = XenReplay.request(scene);
    this.built = LibxlBuilder.build(request);
  }

  /**
   * What happens to the guest as xl reads its file. Where xl drops the {@code rdm} line and the
   * guest only starts because of that, it is what happens to the guest that was meant.
   */
  static Today of(Scene scene) {
    Guest read = XenReplay.asXlReadsIt(scene.guest());
    Today asRead = new XenToday(scene.with(read)).predict();
    if (!asRead.works() || read.equals(scene.guest())) {
      return asRead;
    }
    Today asMeant = new XenToday(scene).predict();
    return asMeant.works()
        ? asRead
        : asMeant.withSummary(
            asMeant.summary() + "; xl 4.15 and later drop the `rdm` line and start it without");
  }

  private Today predict() {
    BuilderRequest.Rdm conflict = built.conflict();
    if (conflict != null) {
      messages.add("libxl: RDM conflict at 0x%x.".formatted(conflict.startByte()));
      return today(
          false,
          "libxl refuses to build the guest: RDM conflict at 0x%x".formatted(conflict.startByte()));
    }
    for (BuilderRequest.Rdm rdm : built.masked()) {
      messages.add("libxl: Ignoring RDM conflict at 0x%x.".formatted(rdm.startByte()));
    }
    String refusal = assignmentRefusal();
    if (refusal != null) {
      return today(false, refusal);
    }
    String crash = firmwareCrash();
    if (crash != null) {
      return today(false, crash);
    }
    QemuView view = QemuView.of(request);
    long top =
        Math.max(
            Math.max(built.lowmemEnd(), built.highmemEnd()),
            view.ownStart() + QemuView.ownBytes(request.videoKib()));
    Stated<Integer> bits = scene.guest().machine().physicalBits();
    if (bits != null && top > 1L << bits.value()) {
      return today(
          false,
          "RAM and QEMU's video memory end at 0x%x, beyond the guest's %d address bits"
              .formatted(top, bits.value()));
    }
    if (!view.agreesWith(built)) {
      return today(
          false,
          "low RAM ends at 0x%x, but QEMU believes it to end at 0x%x"
              .formatted(built.lowmemEnd(), view.below()));
    }
    if (built.lowmemEnd() < 2 * XenLayout.MIB) {
      return today(false, "hvmloader stops: low RAM ends at 0x%x".formatted(built.lowmemEnd()));
    }
    List<String> windows = XenFirmware.run(scene, built).complaints();
    if (!windows.isEmpty()) {
      messages.addAll(windows);
      return today(false, windows.get(0));
    }
    long left =
        RdmClaim.of(scene).stream()
            .filter(RdmClaim::isToldOf)
            .filter(claim -> mappedAlready(claim.memory().frames()) != null)
            .count();
    return today(
        true,
        left == 0
            ? "the guest starts, and all parties agree"
            : "the guest starts, but %s of reserved memory not kept clear"
                .formatted(left == 1 ? "one range is" : left + " ranges are"));
  }

  /** What Xen says to each device, in the order they are assigned (vtd/iommu.c, mm/p2m.c). */
  private @Nullable String assignmentRefusal() {
    List<RdmClaim> claims = RdmClaim.of(scene);
    for (PciAssignment device : scene.guest().devices()) {
      for (RdmClaim claim : claims) {
        if (claim.owners().contains(device)
            && RdmClaim.policy(scene.guest(), device) == RdmPolicy.STRICT) {
          String why = strictRefusal(claim, device);
          if (why != null) {
            return "Xen refuses to assign %s: %s".formatted(Words.device(device), why);
          }
        }
      }
    }
    return null;
  }

  private @Nullable String strictRefusal(RdmClaim claim, PciAssignment device) {
    ReservedMemory memory = claim.memory();
    if (claim.isShared()) {
      messages.add(
          "Xen: assigning %s with shared RMRR at %x is disallowed (-EPERM)"
              .formatted(device.spelling(), memory.startByte()));
      return "other devices share " + claim.name();
    }
    String under = mappedAlready(memory.frames());
    if (under == null) {
      return null;
    }
    messages.add(
        "Xen: Cannot setup identity map of 0x%x, gfn already mapped (-EBUSY)"
            .formatted(memory.startByte()));
    return "%s lies on %s".formatted(claim.name(), under);
  }

  /** What Xen finds on the frames before firmware runs, or null when they are empty. */
  private @Nullable String mappedAlready(GfnRange frames) {
    long start = Gfn.toBytes(frames.start());
    long end = Gfn.toBytes(frames.end());
    if (start < built.lowmemEnd() || (start < built.highmemEnd() && end > XenLayout.FOUR_GIB)) {
      return "guest RAM";
    }
    long own = QemuView.ownBytes(request.videoKib());
    long ownStart = QemuView.of(request).ownStart();
    if (own > 0 && start < ownStart + own && ownStart < end) {
      return "frames that QEMU makes for video memory";
    }
    for (FixedArea area : FixedArea.top(scene.guest())) {
      if (area.isMadeFirst() && area.range().overlaps(frames)) {
        return "the guest's " + area.name();
      }
    }
    return null;
  }

  /** Reserved memory on pages that are made later stops hvmloader or crashes the domain. */
  private @Nullable String firmwareCrash() {
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      for (FixedArea area : FixedArea.top(scene.guest())) {
        if (!area.isMadeFirst()
            && !built.masked().contains(rdm)
            && rdm.startByte() < area.endByte()
            && area.startByte() < rdm.endByte()) {
          if (area.id().equals("F4")) {
            messages.add(
                "hvmloader: Fail to setup memory map due to conflict on dynamic reserved memory"
                    + " range.");
          }
          return "reserved memory at 0x%x lies on the guest's %s"
              .formatted(rdm.startByte(), area.name());
        }
      }
    }
    return null;
  }

  private Today today(boolean works, String summary) {
    boolean shown = built.isBuilt();
    QemuView qemu = QemuView.of(request);
    return new Today(
        works,
        summary,
        messages,
        shown ? built.lowmemEnd() : 0,
        shown ? built.highmemEnd() : 0,
        built.masked().stream().map(BuilderRequest.Rdm::startByte).toList(),
        shown ? qemu.below() : 0,
        shown && qemu.above() != 0 ? XenLayout.FOUR_GIB + qemu.above() : 0,
        shown && qemu.agreesWith(built));
  }
}
