package org.gfnplan.models.platform.hostwide;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * A guest among others on one host.
 *
 * @param guest what runs
 * @param platform who lays it out
 * @param text what the guest was read from; null where nobody could edit it
 */
public record Tenant(Guest guest, Stated<PlatformName> platform, @Nullable SourceText text) {
  /** A guest that stands in no text. */
  public Tenant(Guest guest, Stated<PlatformName> platform) {
    this(guest, platform, null);
  }

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
