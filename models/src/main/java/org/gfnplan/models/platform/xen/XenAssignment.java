package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * What Xen says to each device that a guest is made with, in the order they are assigned
 * (passthrough/vtd/iommu.c, mm/p2m.c), once libxl has made RAM and before firmware runs.
 */
final class XenAssignment {
  private final Scene scene;
  private final BuilderRequest request;
  private final BuilderResult built;
  private final List<String> messages = new ArrayList<>();

  private XenAssignment(Scene scene, BuilderRequest request, BuilderResult built) {
    this.scene = scene;
    this.request = request;
    this.built = built;
  }

  static Stage of(Scene scene, BuilderRequest request, BuilderResult built) {
    return new XenAssignment(scene, request, built).stage();
  }

  private Stage stage() {
    List<RdmClaim> claims = RdmClaim.of(scene);
    for (PciAssignment device : scene.guest().devices()) {
      for (RdmClaim claim : claims) {
        if (claim.owners().contains(device)) {
          String refusal = refusal(claim, device);
          if (refusal != null) {
            messages.add("libxl: xc_assign_device failed");
            return Stage.fails(
                Stage.Name.ASSIGNMENT,
                "Xen refuses to assign %s: %s".formatted(Words.device(device), refusal),
                messages);
          }
        }
      }
    }
    long left =
        claims.stream()
            .filter(RdmClaim::isToldOf)
            .filter(claim -> inTheWay(claim.memory().frames()) != null)
            .count();
    if (left > 0) {
      return Stage.silent(
          Stage.Name.ASSIGNMENT,
          "the guest starts, but %s not kept clear"
              .formatted(
                  left == 1
                      ? "one range of reserved memory is"
                      : left + " ranges of reserved memory are"),
          messages);
    }
    return Stage.ok(
        Stage.Name.ASSIGNMENT,
        scene.guest().devices().isEmpty()
            ? "no device is assigned"
            : "every device is assigned, with its reserved memory",
        messages);
  }

  private @Nullable String refusal(RdmClaim claim, PciAssignment device) {
    ReservedMemory memory = claim.memory();
    boolean strict = RdmClaim.policy(scene.guest(), device) == RdmPolicy.STRICT;
    if (claim.isShared()) {
      messages.add(
          "Xen: [VT-D] It's %s to assign %s with shared RMRR at %x for dN."
              .formatted(strict ? "disallowed" : "risky", device.spelling(), memory.startByte()));
      if (strict) {
        messages.add("Xen: dN: assign (%s) failed (-1)".formatted(device.spelling()));
        return "other devices share " + claim.name();
      }
    }
    InTheWay there = inTheWay(memory.frames());
    if (there == null) {
      return null;
    }
    messages.add(
        "Xen: Cannot setup identity map dN:%x, gfn already mapped to MFN.".formatted(there.gfn));
    if (!strict) {
      return null;
    }
    messages.add(
        "Xen: [VT-D]dN: cannot map reserved region [%x,%x]: -16"
            .formatted(memory.startByte(), Gfn.toBytes(memory.frames().end()) - 1));
    messages.add("Xen: dN: assign (%s) failed (-16)".formatted(device.spelling()));
    return "%s lies on %s".formatted(claim.name(), there.what);
  }

  /** What Xen finds first on the frames before firmware runs, or null when they are empty. */
  private @Nullable InTheWay inTheWay(GfnRange frames) {
    long start = Gfn.toBytes(frames.start());
    long end = Gfn.toBytes(frames.end());
    if (start < built.lowmemEnd()) {
      return new InTheWay(frames.start(), "guest RAM");
    }
    if (start < built.highmemEnd() && end > XenLayout.FOUR_GIB) {
      return new InTheWay(Math.max(frames.start(), Gfn.floor(XenLayout.FOUR_GIB)), "guest RAM");
    }
    long own = QemuView.ownBytes(request.videoKib());
    long ownStart = QemuView.of(request).ownStart();
    if (own > 0 && start < ownStart + own && ownStart < end) {
      return new InTheWay(
          Math.max(frames.start(), Gfn.floor(ownStart)), "frames that QEMU makes for video memory");
    }
    for (FixedArea area : FixedArea.top(scene.guest())) {
      if (area.isMadeFirst() && area.range().overlaps(frames)) {
        return new InTheWay(
            Math.max(frames.start(), area.range().start()), "the guest's " + area.name());
      }
    }
    return null;
  }

  private record InTheWay(long gfn, String what) {}
}
