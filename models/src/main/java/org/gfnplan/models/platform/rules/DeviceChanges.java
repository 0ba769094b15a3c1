package org.gfnplan.models.platform.rules;

import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.platform.Change;

/** What a user can change about an assigned device, whatever is in its way. */
public final class DeviceChanges {
  private DeviceChanges() {}

  /** The device stays out of the guest. */
  public static Change drop(PciAssignment device) {
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
}
