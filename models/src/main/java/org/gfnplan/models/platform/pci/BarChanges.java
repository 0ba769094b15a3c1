package org.gfnplan.models.platform.pci;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.EmulatedFunction;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PciAssignment.ResizedBar;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Words;

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
        changes.add(resized(device, bar, bytes));
      }
    }
    changes.add(without(device));
    return changes;
  }

  /** A device left out. */
  public static Change without(PciAssignment device) {
    return new Change(
        "drop " + device.spelling(),
        "%s not assigned".formatted(Words.device(device)),
        Change.DROP,
        null,
        device.origin(),
        guest ->
            guest.withDevices(
                guest.devices().stream()
                    .filter(other -> !other.spelling().equals(device.spelling()))
                    .toList()));
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

  private static Change resized(PciAssignment device, Bar bar, long bytes) {
    return new Change(
        "resize " + device.spelling() + " " + bar.index() + " " + bytes,
        "BAR %d of %s resized to %s"
            .formatted(bar.index(), Words.device(device), Bytes.format(bytes)),
        Change.RESIZE,
        "the driver maps the device's memory through a smaller window",
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
