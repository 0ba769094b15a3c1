package org.gfnplan.models.platform.pci;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.EmulatedFunction;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PciAssignment.ResizedBar;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.DeviceChanges;
import org.gfnplan.models.words.Sizes;

/** What a user can change about a register that finds no room. */
public final class BarChanges {
  private BarChanges() {}

  /** A smaller size where the register has one, or its function left out. */
  public static List<Change> of(Scene scene, GuestFunction function, Bar bar) {
    PciAssignment device = function.assigned();
    if (device == null) {
      return List.of(withoutEmulated(function));
    }
    List<Change> changes = new ArrayList<>();
    for (long bytes : bar.resizableTo()) {
      if (bytes < bar.bytes() && !device.allFunctions()) {
        changes.add(resized(function, device, bar, bytes));
      }
    }
    changes.add(DeviceChanges.drop(device));
    return changes;
  }

  private static Change withoutEmulated(GuestFunction function) {
    return new Change(
        "drop " + function.name(),
        "no `%s`".formatted(function.name()),
        Change.DROP,
        null,
        function.origin(),
        guest ->
            guest.withPci(
                guest
                    .pci()
                    .withEmulated(
                        guest.pci().emulated().stream()
                            .filter(
                                (EmulatedFunction other) -> !other.name().equals(function.name()))
                            .toList())));
  }

  /** A resizable register set to a smaller size; the smaller, the dearer. */
  public static Change resized(GuestFunction function, PciAssignment device, Bar bar, long bytes) {
    int halvings = Long.numberOfTrailingZeros(bar.bytes() / bytes);
    return new Change(
        "resize " + device.spelling() + " " + bar.index() + " " + bytes,
        "%s resized to %s".formatted(function.label(bar), Sizes.size(bytes)),
        Change.SETTING + halvings,
        "the driver sees less of the device's memory at a time",
        device.origin(),
        guest -> resize(guest, device, new ResizedBar(bar.index(), bytes, device.origin())));
  }

  private static Guest resize(Guest guest, PciAssignment device, ResizedBar wish) {
    return guest.withDevices(
        guest.devices().stream()
            .map(
                other -> {
                  if (!other.spelling().equals(device.spelling())) {
                    return other;
                  }
                  List<ResizedBar> resized = new ArrayList<>(other.resized());
                  resized.removeIf(old -> old.index() == wish.index());
                  resized.add(wish);
                  return other.withResized(resized);
                })
            .toList());
  }
}
