package org.gfnplan.models.platform;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;
import org.jspecify.annotations.Nullable;

/**
 * Settings that make today's programs arrive at a layout. What is null or absent keeps its default.
 *
 * @param mmioHoleMib {@code mmio_hole} in MiB
 * @param rdmBoundaryMib {@code rdm_mem_boundary} in MiB
 * @param devicePolicies {@code rdm_policy} of assigned devices
 */
public record Settings(
    @Nullable Integer mmioHoleMib,
    @Nullable Long rdmBoundaryMib,
    SortedMap<PciAddress, RdmPolicy> devicePolicies) {
  /** The defaults. */
  public static final Settings NONE = new Settings(null, null, new TreeMap<>());

  public Settings {
    devicePolicies = Collections.unmodifiableSortedMap(new TreeMap<>(devicePolicies));
  }

  /** Whether the defaults are enough. */
  public boolean isEmpty() {
    return mmioHoleMib == null && rdmBoundaryMib == null && devicePolicies.isEmpty();
  }
}
