package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** A scene as libxl sees it. */
final class XenReplay {
  private XenReplay() {}

  /** The guest with these settings instead of its own, where they say something. */
  static Guest apply(Guest guest, XenSettings settings) {
    Guest changed = guest;
    Integer hole = settings.mmioHoleMib();
    if (hole != null) {
      changed = changed.withMmioHole(Stated.by(hole, guest.document()));
    }
    Long boundary = settings.rdmBoundaryMib();
    if (boundary != null) {
      changed = changed.withRdm(changed.rdm().withBoundary(Stated.by(boundary, guest.document())));
    }
    if (settings.passthrough()) {
      changed = changed.withPci(changed.pci().withPassthrough(Stated.by(true, guest.document())));
    }
    return changed.withDevices(
        changed.devices().stream()
            .map(
                device ->
                    device.with(
                        RdmPolicies.all(
                            settings
                                .devicePolicies()
                                .getOrDefault(device.spelling(), RdmClaim.policy(guest, device)))))
            .toList());
  }

  /**
   * What is left of the guest when xl 4.15 or later has read it: xl drops an {@code rdm} line that
   * it should obey (libxlu_pci.c, xlu_rdm_parse).
   */
  static Guest asXlReadsIt(Guest guest) {
    boolean dropped =
        guest.findings().stream().anyMatch(finding -> finding.id().equals("xl-ignores-rdm-line"));
    return dropped
        ? guest.withRdm(
            guest
                .rdm()
                .with(
                    Stated.byDefault(Guest.RdmStrategy.IGNORE, guest.document()),
                    Stated.byDefault(RdmPolicy.RELAXED, guest.document())))
        : guest;
  }

  /** What libxl is told. */
  static BuilderRequest request(Scene scene) {
    Guest guest = scene.guest();
    Stated<Integer> hole = guest.mmioHoleMib();
    return new BuilderRequest(
        guest.type(),
        guest.memory().mostKib().value(),
        guest.memory().videoKib().value(),
        hole == null ? 0 : hole.value(),
        guest.hap().value(),
        guest.rdm().boundaryMib().value() * XenLayout.MIB,
        reserved(scene),
        nodesKib(guest));
  }

  /** The memory of each virtual NUMA node in KiB. */
  static List<Long> nodesKib(Guest guest) {
    return guest.memory().nodes().stream().map(NumaNode::kib).toList();
  }

  private static List<BuilderRequest.Rdm> reserved(Scene scene) {
    RdmList list = new RdmList();
    List<RdmClaim> claims = RdmClaim.of(scene);
    for (RdmClaim claim : claims) {
      if (claim.byHost()) {
        list.addOfHost(entry(claim, scene.guest().rdm().policy().value()));
      }
    }
    for (PciAssignment device : scene.guest().devices()) {
      for (RdmClaim claim : claims) {
        if (claim.isAskedForBy(device)) {
          list.addOfDevice(entry(claim, RdmClaim.policy(scene.guest(), device)));
        }
      }
    }
    return list.entries();
  }

  private static BuilderRequest.Rdm entry(RdmClaim claim, RdmPolicy policy) {
    GfnRange frames = claim.memory().frames();
    return new BuilderRequest.Rdm(Gfn.toBytes(frames.start()), Gfn.toBytes(frames.end()), policy);
  }
}
