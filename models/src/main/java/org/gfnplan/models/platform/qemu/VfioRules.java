package org.gfnplan.models.platform.qemu;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rules.DeviceChanges;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;

/** D13 and D14: reserved device memory under VFIO. */
final class VfioRules {
  /*
   * Linux (drivers/iommu/intel/iommu.c, device_rmrr_is_relaxable) forgets the RMRRs of USB and
   * graphics devices when they are assigned: they say nothing about the guest. Any other device
   * with an RMRR cannot be assigned at all. AMD's unity mappings stay where they are.
   */
  private VfioRules() {}

  static void add(Draft draft, Scene scene, List<Region> reachable) {
    for (RdmClaim claim : RdmClaim.of(scene)) {
      for (PciAssignment owner : claim.owners()) {
        if (claim.memory().kind() != ReservedMemory.Kind.RMRR) {
          keepClear(draft, claim, owner, reachable);
        } else if (!isRelaxable(scene, owner)) {
          refuse(draft, claim, owner);
        }
      }
    }
  }

  private static Region memory(Draft draft, RdmClaim claim, String text) {
    GfnRange frames = claim.memory().frames();
    Statement there =
        Statement.required(
            "D13",
            text.formatted(RdmClaim.word(claim.memory().kind()), Sizes.range(frames))
                + " for "
                + Words.owners(claim.memory()),
            claim.memory().origin());
    Region region =
        draft.regions().stream()
            .filter(other -> other.name().equals(claim.name()))
            .findFirst()
            .orElseGet(
                () -> draft.region(claim.name(), "rdm", Length.fixed(frames.length()), there));
    draft.rule(new Rule.Pinned(there, region, frames.start()));
    return region;
  }

  private static void refuse(Draft draft, RdmClaim claim, PciAssignment owner) {
    Region region = memory(draft, claim, "Linux keeps the %s mapped at %s");
    GfnRange frames = claim.memory().frames();
    Statement assigned =
        Statement.required(
            "D14",
            "%s is in the guest, which needs all of its addresses; only USB and graphics devices"
                    .formatted(Words.device(owner))
                + " give up an RMRR",
            owner.origin());
    Region all =
        draft.region(
            "addresses of %s at 0x%x".formatted(Words.device(owner), claim.memory().startByte()),
            QemuModel.MARK,
            Length.fixed(frames.length()),
            assigned);
    draft.rule(new Rule.Pinned(assigned, all, frames.start()));
    draft.rule(new Rule.Apart(assigned, all, List.of(region)));
    draft.change(assigned, List.of(DeviceChanges.drop(owner)));
  }

  private static void keepClear(
      Draft draft, RdmClaim claim, PciAssignment owner, List<Region> reachable) {
    Region region = memory(draft, claim, "Linux keeps the %s mapped at %s");
    Statement clear =
        Statement.required(
            "D14",
            "%s is in the guest, so nothing else lies on its %s"
                .formatted(Words.device(owner), claim.name()),
            owner.origin());
    draft.rule(new Rule.Apart(clear, region, reachable));
    draft.change(clear, List.of(DeviceChanges.drop(owner)));
  }

  /** Whether the memory is in the way of a device in the guest. */
  static boolean isHeldAgainst(Scene scene, RdmClaim claim) {
    return claim.memory().kind() == ReservedMemory.Kind.RMRR
        ? claim.owners().stream().anyMatch(owner -> !isRelaxable(scene, owner))
        : !claim.owners().isEmpty();
  }

  /** Whether Linux forgets the device's RMRRs: by its class where that is known. */
  static boolean isRelaxable(Scene scene, PciAssignment device) {
    List<HostDevice> listed = scene.host().devices();
    for (HostDevice function : listed == null ? List.<HostDevice>of() : listed) {
      String words = function.description();
      if (function.address().equals(device.address()) && words != null) {
        return isRelaxable(words.toLowerCase(Locale.ROOT));
      }
    }
    PciAddress at = device.address();
    int place = at.segment() == 0 && at.bus() == 0 ? at.device() : -1;
    return (place == 2 && at.function() == 0)
        || (place == 0x14 && at.function() == 0)
        || place == 0x1a
        || place == 0x1d;
  }

  private static boolean isRelaxable(String words) {
    return List.of("usb", "vga", "display", "3d controller", "graphics").stream()
        .anyMatch(words::contains);
  }
}
