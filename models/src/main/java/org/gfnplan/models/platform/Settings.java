package org.gfnplan.models.platform;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * Settings that make today's programs arrive at a layout. What is null or absent keeps its default.
 *
 * @param mmioHoleMib {@code mmio_hole} in MiB
 * @param rdmBoundaryMib {@code rdm_mem_boundary} in MiB
 * @param devicePolicies {@code rdm_policy} by device, as configurations name it
 */
public record Settings(
    @Nullable Integer mmioHoleMib,
    @Nullable Long rdmBoundaryMib,
    SortedMap<String, RdmPolicy> devicePolicies) {
  /** The defaults. */
  public static final Settings NONE = new Settings(null, null, new TreeMap<>());

  public Settings {
    devicePolicies = Collections.unmodifiableSortedMap(new TreeMap<>(devicePolicies));
  }

  /** These settings less those that the guest has already. */
  public Settings beyond(Guest guest) {
    Stated<Integer> hole = guest.mmioHoleMib();
    Stated<Long> boundary = guest.rdmBoundaryMib();
    TreeMap<String, RdmPolicy> policies = new TreeMap<>(devicePolicies);
    for (PciAssignment device : guest.devices()) {
      policies.remove(device.spelling(), device.policy());
    }
    return new Settings(
        hole != null && hole.value().equals(mmioHoleMib) ? null : mmioHoleMib,
        !boundary.isDefault() && boundary.value().equals(rdmBoundaryMib) ? null : rdmBoundaryMib,
        policies);
  }

  /** Whether the defaults are enough. */
  public boolean isEmpty() {
    return mmioHoleMib == null && rdmBoundaryMib == null && devicePolicies.isEmpty();
  }
}
