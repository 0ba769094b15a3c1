package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.hostwide.HostModel.Writing;
import org.gfnplan.models.platform.rdm.RdmChanges;
import org.gfnplan.models.platform.rules.DeviceChanges;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;

/** X1, X2 and X6: a device is in one guest, and none that may come later is in another. */
final class DeviceOwners {
  private static final Origin XEN =
      Origin.builtIn("libxl_pci.c", "PCI device already attached to a domain");

  private static final Origin LINUX =
      Origin.builtIn("Linux drivers/vfio", "a device is opened by one process");

  /**
   * A function of an assigned device.
   *
   * @param guest the place of the guest that has it
   * @param device how its configuration names it
   * @param function the function
   * @param statement that it is in the guest
   * @param region what belongs to the guest
   */
  record Claim(
      int guest, PciAssignment device, PciAddress function, Statement statement, Region region) {}

  private final Writing writing;
  private final Map<PciAddress, List<Claim>> claims = new TreeMap<>();

  DeviceOwners(Writing writing) {
    this.writing = writing;
  }

  void add() {
    for (int guest = 0; guest < writing.tenants.size(); guest++) {
      for (PciAssignment device : writing.tenants.get(guest).guest().devices()) {
        claim(guest, device);
      }
    }
    claims.values().forEach(this::once);
    for (int guest = 0; guest < writing.tenants.size(); guest++) {
      for (PciAssignment device : writing.tenants.get(guest).guest().pci().pool()) {
        keep(guest, device);
      }
    }
    new SharedOwners(writing, claims).add();
    new GroupOwners(writing, claims).add();
  }

  private void claim(int guest, PciAssignment device) {
    Tenant tenant = writing.tenants.get(guest);
    Statement in =
        Statement.required(
            "X1", "%s is in %s".formatted(Words.device(device), tenant.label()), device.origin());
    for (PciAddress function : device.functions()) {
      List<Claim> known = claims.computeIfAbsent(function, f -> new ArrayList<>());
      if (known.stream().noneMatch(other -> other.guest() == guest)) {
        String name = Words.device(function);
        Region region = writing.owned("%s in %s".formatted(name, tenant.label()), name, in);
        writing.draft.rule(new Rule.Pinned(in, region, guest));
        known.add(new Claim(guest, device, function, in, region));
      }
    }
    writing.change(in, HostChange.of(guest, tenant.guest(), DeviceChanges.drop(device)));
  }

  /** What hands devices out refuses the second guest. */
  static Statement once(Writing writing) {
    boolean vfio = writing.tenants.stream().allMatch(Tenant::usesVfio);
    return Statement.required("X2", "a device is in one guest at a time", vfio ? LINUX : XEN);
  }

  private void once(List<Claim> owners) {
    for (int i = 0; i < owners.size(); i++) {
      for (Claim other : owners.subList(i + 1, owners.size())) {
        writing.together(once(writing), owners.get(i).region(), other.region());
      }
    }
  }

  /** Two guests may wait for a device; one cannot wait for what another has. */
  private void keep(int guest, PciAssignment device) {
    Tenant tenant = writing.tenants.get(guest);
    Statement later =
        Statement.required(
            "X6",
            "%s may be attached to %s later, so no other guest has it"
                .formatted(Words.device(device), tenant.label()),
            device.origin());
    for (PciAddress function : device.functions()) {
      for (Claim claim : claims.getOrDefault(function, List.of())) {
        if (claim.guest() != guest) {
          String name = Words.device(function);
          Region room =
              writing.owned(
                  "%s later in %s, not in %s"
                      .formatted(name, tenant.label(), writing.tenants.get(claim.guest()).label()),
                  name,
                  later);
          writing.draft.rule(new Rule.Pinned(later, room, guest));
          writing.together(later, room, claim.region());
          writing.change(later, HostChange.of(guest, tenant.guest(), RdmChanges.never(device)));
        }
      }
    }
  }

  /**
   * What would bring all devices of a circle into one guest: for each guest that has some, those of
   * each other one go there.
   */
  static void offerMoves(Writing writing, List<Claim> circle) {
    Map<Integer, Map<String, Claim>> byGuest = new TreeMap<>();
    for (Claim claim : circle) {
      byGuest
          .computeIfAbsent(claim.guest(), g -> new LinkedHashMap<>())
          .putIfAbsent(claim.device().spelling(), claim);
    }
    for (int to : byGuest.keySet()) {
      byGuest.forEach(
          (from, devices) -> {
            if (from != to) {
              HostChange move =
                  Moves.of(
                      writing.tenants,
                      devices.values().stream().map(Claim::device).toList(),
                      from,
                      to);
              devices.values().forEach(claim -> writing.change(claim.statement(), move));
            }
          });
    }
  }
}
