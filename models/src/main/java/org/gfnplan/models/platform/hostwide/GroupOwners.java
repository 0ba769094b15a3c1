package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.hostwide.DeviceOwners.Claim;
import org.gfnplan.models.platform.hostwide.HostModel.Writing;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;

/**
 * X5: VFIO gives an IOMMU group to one guest. Xen does not look at groups, so there it is a note.
 */
final class GroupOwners {
  private final Writing writing;
  private final Map<PciAddress, List<Claim>> claims;

  GroupOwners(Writing writing, Map<PciAddress, List<Claim>> claims) {
    this.writing = writing;
    this.claims = claims;
  }

  void add() {
    Map<Integer, List<HostDevice>> groups = new TreeMap<>();
    List<HostDevice> devices = writing.host.devices();
    for (HostDevice device : devices == null ? List.<HostDevice>of() : devices) {
      Integer group = device.iommuGroup();
      if (group != null && claims.containsKey(device.address())) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(device);
      }
    }
    groups.forEach(this::keepTogether);
  }

  private void keepTogether(int group, List<HostDevice> devices) {
    List<Claim> circle =
        devices.stream()
            .flatMap(d -> claims.getOrDefault(d.address(), List.of()).stream())
            .toList();
    List<Integer> guests = circle.stream().map(Claim::guest).distinct().toList();
    // One device in two guests is X2, which says it better.
    if (guests.size() < 2 || devices.size() < 2) {
      return;
    }
    String names =
        devices.stream().map(d -> Words.device(d.address())).collect(Collectors.joining(", "));
    boolean vfio = guests.stream().anyMatch(guest -> writing.tenants.get(guest).usesVfio());
    if (!vfio) {
      writing.findings.add(
          new Finding(
              Severity.NOTE,
              "iommu-group-split",
              "%s are in IOMMU group %d and not in one guest; Xen allows it, VFIO would not"
                  .formatted(names, group),
              devices.get(0).origin()));
      return;
    }
    Statement one =
        Statement.required(
            "X5",
            "%s are in IOMMU group %d, which VFIO gives to one guest".formatted(names, group),
            devices.get(0).origin());
    Region owner =
        writing.owned("IOMMU group %d".formatted(group), "IOMMU group %d".formatted(group), one);
    circle.forEach(claim -> writing.together(one, owner, claim.region()));
    DeviceOwners.offerMoves(writing, circle);
  }
}
