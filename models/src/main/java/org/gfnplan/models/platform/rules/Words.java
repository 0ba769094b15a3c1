package org.gfnplan.models.platform.rules;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;

/** How statements name addresses, sizes and devices. */
public final class Words {
  private Words() {}

  /** An address without the segment when that is 0, as xl and lspci print it. */
  public static String device(PciAddress address) {
    String full = address.toString();
    return address.segment() == 0 ? full.substring(5) : full;
  }

  /** The same of an assigned device; {@code 00:1d.*} for all functions. */
  public static String device(PciAssignment assigned) {
    String at = device(assigned.address());
    return assigned.allFunctions() ? at.substring(0, at.length() - 1) + "*" : at;
  }

  /** Devices of a firmware table, joined by commas. */
  public static String scopes(List<DeviceScope> scopes) {
    return scopes.stream()
        .map(scope -> scope.toString().replaceFirst("^0000:", ""))
        .collect(Collectors.joining(", "));
  }

  /** Who reaches reserved memory. */
  public static String owners(ReservedMemory memory) {
    return memory.devices().isEmpty() ? "a device not named" : scopes(memory.devices());
  }
}
