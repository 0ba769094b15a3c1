package org.gfnplan.models.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Settings;
import org.jspecify.annotations.Nullable;

/** What a guest asks for, without where that stands and without what a plan may set. */
final class GuestShape {
  private GuestShape() {}

  /** Equal lists for guests that ask for the same, once they have these settings. */
  static List<Object> of(Guest guest, Settings settings) {
    List<Object> shape = new ArrayList<>();
    shape.add(guest.name());
    shape.add(guest.type());
    shape.add(guest.platform().value());
    shape.add(guest.hap().value());
    shape.add(guest.firmware().value());
    shape.add(guest.memory().startKib().value());
    shape.add(guest.memory().mostKib().value());
    shape.add(guest.memory().videoKib().value());
    guest.memory().nodes().forEach(node -> shape.add(node.kib()));
    shape.add(guest.rdm().strategy().value());
    if (guest.rdm().strategy().value() == Guest.RdmStrategy.HOST) {
      shape.add(guest.rdm().policy().value());
    }
    shape.add(guest.rdm().mirror() != null);
    guest.rdm().ranges().forEach(range -> shape.add(List.of(range.startByte(), range.endByte())));
    shape.add("devices");
    // A text may list an added device elsewhere; what follows from the order is in the map.
    guest.devices().stream()
        .sorted(Comparator.comparing(PciAssignment::spelling))
        .forEach(device -> shape.add(List.of(device(device), policy(guest, device, settings))));
    shape.add("pool");
    guest.pci().pool().forEach(device -> shape.add(device(device)));
    shape.add("emulated");
    guest.pci().emulated().forEach(function -> shape.add(function.name()));
    shape.add("pmem");
    guest.pmem().forEach(window -> shape.add(window(window)));
    return shape;
  }

  /** The policy that a device gets: of the settings, its own, or the guest's. */
  private static Object policy(Guest guest, PciAssignment device, Settings settings) {
    Object set = settings.get("rdm_policy", device.spelling());
    RdmPolicies own = device.policies();
    return set != null ? set : (own != null ? own.flag() : guest.rdm().policy().value()).word();
  }

  private static List<Object> device(PciAssignment device) {
    List<Object> shape = new ArrayList<>(List.of(device.spelling(), device.bars().size()));
    device.resized().forEach(wish -> shape.add(List.of(wish.index(), wish.bytes())));
    return shape;
  }

  private static List<Object> window(PmemWindow window) {
    return List.of(
        window.name(),
        window.bytes().value(),
        window.labelBytes(),
        Objects.toString(value(window.alignmentBytes())),
        Objects.toString(value(window.startByte())),
        Objects.toString(value(window.backing())));
  }

  private static @Nullable Object value(@Nullable Stated<?> stated) {
    return stated == null ? null : stated.value();
  }
}
