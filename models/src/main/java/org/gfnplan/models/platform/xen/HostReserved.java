package org.gfnplan.models.platform.xen;

import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.space.GfnRange;

/**
 * Reserved device memory as Xen sees it when a device is assigned.
 *
 * @param memory what the host's sources tell of it
 */
public record HostReserved(ReservedMemory memory) implements AssignReplay.Reserved {
  @Override
  public GfnRange frames() {
    return memory.frames();
  }

  @Override
  public boolean isReachedBy(PciAddress device) {
    // A log that does not name the devices leaves no choice but to think of all of them.
    return memory.devices().isEmpty()
        || memory.devices().stream().anyMatch(scope -> scope.mayBe(device));
  }

  /** AMD's driver has no such check (passthrough/amd/pci_amd_iommu.c). */
  @Override
  public boolean isShared() {
    return memory.kind() == ReservedMemory.Kind.RMRR && memory.devices().size() > 1;
  }

  /** An exclusion range is reported, but devices reach it without translation. */
  @Override
  public boolean isMapped() {
    return memory.kind() != ReservedMemory.Kind.IVMD_EXCLUSION;
  }
}
