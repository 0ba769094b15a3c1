package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What can be set in an xl.cfg file about a layout. What is null or absent keeps its default.
 *
 * @param mmioHoleMib {@code mmio_hole} in MiB
 * @param rdmBoundaryMib {@code rdm_mem_boundary} in MiB
 * @param devicePolicies {@code rdm_policy} by device, as configurations name it
 * @param passthrough whether {@code passthrough} is enabled without the guest saying so
 */
record XenSettings(
    @Nullable Integer mmioHoleMib,
    @Nullable Long rdmBoundaryMib,
    SortedMap<String, RdmPolicy> devicePolicies,
    boolean passthrough) {
  private static final String WHERE = "xl.cfg";

  /** The defaults. */
  static final XenSettings NONE = new XenSettings(null, null, new TreeMap<>(), false);

  XenSettings {
    devicePolicies = Collections.unmodifiableSortedMap(new TreeMap<>(devicePolicies));
  }

  /** What a guest states already. */
  static XenSettings present(Guest guest) {
    Stated<Integer> hole = guest.mmioHoleMib();
    Stated<Long> boundary = guest.rdm().boundaryMib();
    TreeMap<String, RdmPolicy> policies = new TreeMap<>();
    for (PciAssignment device : guest.devices()) {
      RdmPolicies stated = device.policies();
      if (stated != null && stated.isUniform()) {
        policies.put(device.spelling(), stated.flag());
      }
    }
    return new XenSettings(
        hole == null ? null : hole.value(),
        boundary.isDefault() ? null : boundary.value(),
        policies,
        false);
  }

  /** Whether a guest is given devices only later and does not say that it can be. */
  static boolean needsPassthrough(Guest guest) {
    return guest.pci().passthrough() == null
        && guest.devices().isEmpty()
        && !guest.pci().pool().isEmpty();
  }

  /** The same as a user writes it down. */
  Settings spelled() {
    List<Setting> all = new ArrayList<>();
    if (mmioHoleMib != null) {
      all.add(Setting.of("mmio_hole", (long) mmioHoleMib, "mmio_hole = " + mmioHoleMib));
    }
    if (rdmBoundaryMib != null) {
      all.add(
          Setting.of("rdm_mem_boundary", rdmBoundaryMib, "rdm_mem_boundary = " + rdmBoundaryMib));
    }
    if (passthrough) {
      all.add(Setting.of("passthrough", "enabled", "passthrough = \"enabled\""));
    }
    devicePolicies.forEach(
        (device, policy) ->
            all.add(
                new Setting("rdm_policy", device, policy.word(), "rdm_policy=" + policy.word())));
    return new Settings(WHERE, all);
  }
}
