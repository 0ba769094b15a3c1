package org.gfnplan.models.platform.xen;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;

/** How Xen's statements name addresses, sizes and devices. */
final class Words {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Words() {}

  /** A half-open range of bytes with its size: {@code 0xed000..0xf0000 (12 KiB)}. */
  static String range(long startByte, long endByte) {
    return "0x%x..0x%x (%s)".formatted(startByte, endByte, size(endByte - startByte));
  }

  /** A size in the largest unit that divides it. */
  static String size(long bytes) {
    int unit = 0;
    long amount = bytes;
    while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + " " + UNITS[unit];
  }

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
