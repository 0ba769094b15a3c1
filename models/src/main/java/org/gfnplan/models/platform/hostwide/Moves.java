package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.platform.rules.Words;

/** Devices that go from one guest to another. */
final class Moves {
  private Moves() {}

  /** All of these devices go from a guest to another, and keep what is said about them. */
  static HostChange of(List<Tenant> tenants, List<PciAssignment> devices, int from, int to) {
    String named = devices.stream().map(Words::device).collect(Collectors.joining(", "));
    String source = tenants.get(from).guest().name();
    String target = tenants.get(to).guest().name();
    return HostChange.ofSeveral(
        "move %s from %s to %s".formatted(named, source, target),
        "%s in guest `%s` instead of `%s`".formatted(named, target, source),
        HostChange.MOVE * devices.size(),
        guests -> moved(guests, devices, from, to));
  }

  private static List<Guest> moved(
      List<Guest> guests, List<PciAssignment> devices, int from, int to) {
    List<String> names = devices.stream().map(PciAssignment::spelling).toList();
    List<PciAssignment> left =
        guests.get(from).devices().stream()
            .filter(device -> !names.contains(device.spelling()))
            .toList();
    List<PciAssignment> there = new ArrayList<>(guests.get(to).devices());
    for (PciAssignment device : devices) {
      if (there.stream().noneMatch(other -> other.spelling().equals(device.spelling()))) {
        there.add(device);
      }
    }
    List<Guest> changed = new ArrayList<>(guests);
    changed.set(from, guests.get(from).withDevices(left));
    changed.set(to, guests.get(to).withDevices(there));
    return List.copyOf(changed);
  }
}
