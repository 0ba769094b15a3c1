package org.gfnplan.models.platform.hostwide;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;

/**
 * A guest among others on one host.
 *
 * @param guest what runs
 * @param platform who lays it out
 */
public record Tenant(Guest guest, Stated<PlatformName> platform) {
  /** The same place with another guest. */
  public Tenant with(Guest other) {
    return new Tenant(other, platform);
  }

  /** Whether Linux hands devices to it, an IOMMU group at a time. */
  boolean usesVfio() {
    return platform.value().isQemu();
  }

  /** {@code guest `a`}. */
  String label() {
    return "guest `%s`".formatted(guest.name());
  }
}
