package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Today;
import org.jspecify.annotations.Nullable;

/** What xl, hvmloader, Xen and QEMU do with a guest as it is configured, in that order. */
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

  static Today of(Scene scene) {
    return new XenToday(scene).predict();
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
    if (request.type() == Guest.Type.HVM && !QemuView.of(request).agreesWith(built)) {
      return today(
          false,
          "libxl moves RAM to end at 0x%x, but QEMU believes it to end at 0x%x"
              .formatted(built.lowmemEnd(), QemuView.of(request).below()));
    }
    return today(
        true,
        built.masked().isEmpty()
            ? "the guest starts, and all parties agree"
            : "the guest starts without the identity mapping of %d reserved ranges"
                .formatted(built.masked().size()));
  }

  /** The hypervisor takes no device that shares an RMRR unless it is relaxed (vtd/iommu.c). */
  private @Nullable String assignmentRefusal() {
    for (RdmClaim claim : RdmClaim.of(scene)) {
      for (PciAssignment owner : claim.owners()) {
        if (claim.isShared() && RdmClaim.policy(scene.guest(), owner) == RdmPolicy.STRICT) {
          messages.add(
              "Xen: assigning %s with shared RMRR at %x is disallowed (-EPERM)"
                  .formatted(owner.address(), claim.memory().startByte()));
          return "Xen refuses to assign %s because other devices share %s"
              .formatted(Words.device(owner), claim.name());
        }
      }
    }
    return null;
  }

  /** Reserved memory on firmware pages stops hvmloader or crashes the domain. */
  private @Nullable String firmwareCrash() {
    if (request.type() != Guest.Type.HVM) {
      return null;
    }
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      for (FixedArea area : FixedArea.HVM_TOP) {
        if (rdm.startByte() < area.endByte() && area.startByte() < rdm.endByte()) {
          messages.add(
              "hvmloader: reserved memory at 0x%x lies on %s"
                  .formatted(rdm.startByte(), area.name()));
          return "reserved memory at 0x%x lies on the %s of the guest"
              .formatted(rdm.startByte(), area.name());
        }
      }
    }
    return null;
  }

  private Today today(boolean works, String summary) {
    boolean shown = built.isBuilt();
    boolean hvm = request.type() == Guest.Type.HVM;
    QemuView qemu = QemuView.of(request);
    return new Today(
        works,
        summary,
        messages,
        shown ? built.lowmemEnd() : 0,
        shown ? built.highmemEnd() : 0,
        built.masked().stream().map(BuilderRequest.Rdm::startByte).toList(),
        shown && hvm ? qemu.below() : 0,
        shown && hvm && qemu.above() != 0 ? XenLayout.FOUR_GIB + qemu.above() : 0,
        !hvm || (shown && qemu.agreesWith(built)));
  }
}
