package org.gfnplan.models.platform.xen;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;

/** How Xen's statements name addresses, sizes and devices. */
final class Words {
  private Words() {}

  /** An address without the segment when that is 0, as xl and lspci print it. */
  static String device(PciAddress address) {
    String full = address.toString();
    return address.segment() == 0 ? full.substring(5) : full;
  }

  static String device(PciAssignment assigned) {
    String at = device(assigned.address());
    return assigned.allFunctions() ? at.substring(0, at.length() - 1) + "*" : at;
  }

  static String scopes(List<DeviceScope> scopes) {
    return scopes.stream()
        .map(scope -> scope.toString().replaceFirst("^0000:", ""))
        .collect(Collectors.joining(", "));
  }

  static String owners(ReservedMemory memory) {
    return memory.devices().isEmpty() ? "a device not named" : scopes(memory.devices());
  }
}
