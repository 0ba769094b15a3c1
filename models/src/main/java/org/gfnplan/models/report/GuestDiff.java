package org.gfnplan.models.report;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a guest and its repaired form, as a user would write it down. What is null
 * or empty stays as it is.
 *
 * @param mmioHoleMib {@code mmio_hole} in MiB, or 0 to leave it out
 * @param rdmBoundaryMib {@code rdm_mem_boundary} in MiB, or 0 to leave it out
 * @param memoryMib {@code memory} in MiB
 * @param maxMemoryMib {@code maxmem} in MiB, when the guest states one
 * @param rdm the {@code rdm} line, or the empty text to leave it out
 * @param policies {@code rdm_policy} by device
 * @param assigned devices that go into the guest too
 * @param dropped devices that stay out
 */
public record GuestDiff(
    @Nullable Integer mmioHoleMib,
    @Nullable Long rdmBoundaryMib,
    @Nullable Long memoryMib,
    @Nullable Long maxMemoryMib,
    @Nullable String rdm,
    SortedMap<String, RdmPolicy> policies,
    SortedSet<String> assigned,
    SortedSet<String> dropped) {

  public GuestDiff {
    policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    assigned = Collections.unmodifiableSortedSet(new TreeSet<>(assigned));
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
  }

  /** The difference, settings that lead to the repaired layout included. */
  public static GuestDiff of(Guest before, Guest after, Settings settings) {
    TreeMap<String, RdmPolicy> policies = new TreeMap<>(settings.beyond(before).devicePolicies());
    TreeSet<String> assigned = names(after.devices());
    TreeSet<String> dropped = names(before.devices());
    for (PciAssignment device : after.devices()) {
      for (PciAssignment old : before.devices()) {
        RdmPolicy policy = device.policy();
        if (old.spelling().equals(device.spelling())
            && policy != null
            && !Objects.equals(old.policy(), policy)) {
          policies.put(device.spelling(), policy);
        }
      }
    }
    TreeSet<String> kept = new TreeSet<>(assigned);
    kept.retainAll(dropped);
    assigned.removeAll(kept);
    dropped.removeAll(kept);
    Integer holeBefore = before.mmioHoleMib() == null ? null : before.mmioHoleMib().value();
    Long boundaryBefore =
        before.rdmBoundaryMib().isDefault() ? null : before.rdmBoundaryMib().value();
    Long memory =
        before.maxMemoryKib().value().equals(after.maxMemoryKib().value())
            ? null
            : after.maxMemoryKib().value() / 1024;
    return new GuestDiff(
        change(holeBefore, settings.mmioHoleMib(), 0),
        change(boundaryBefore, settings.rdmBoundaryMib(), 0L),
        memory,
        before.maxMemoryKib().isDefault() ? null : memory,
        change(rdm(before), rdm(after), ""),
        policies,
        assigned,
        dropped);
  }

  private static <T> @Nullable T change(@Nullable T before, @Nullable T after, T leftOut) {
    if (Objects.equals(before, after)) {
      return null;
    }
    return after == null ? leftOut : after;
  }

  private static @Nullable String rdm(Guest guest) {
    return guest.rdmStrategy().value() == Guest.RdmStrategy.HOST
        ? "strategy=host,policy=" + guest.rdmPolicy().value().word()
        : null;
  }

  private static TreeSet<String> names(List<PciAssignment> devices) {
    TreeSet<String> found = new TreeSet<>();
    devices.forEach(device -> found.add(device.spelling()));
    return found;
  }
}
