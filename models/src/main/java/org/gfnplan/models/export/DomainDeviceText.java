package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;

/**
 * Devices that take addresses, as elements of a domain or as arguments of QEMU where libvirt has no
 * element: a port that reserves 64-bit memory and what hangs from it, an NVDIMM without a file.
 */
final class DomainDeviceText {
  /** What libvirt calls the port of a controller; the controller has its number. */
  private static final Pattern PORT = Pattern.compile("pci\\.([1-9][0-9]{0,3})");

  private final Guest guest;
  private final PlatformName platform;
  private final XmlText xml;
  private final boolean hasMemoryElements;
  private final Map<String, Integer> controllers = new HashMap<>();

  DomainDeviceText(Guest guest, PlatformName platform, XmlText xml) {
    this.guest = guest;
    this.platform = platform;
    this.xml = xml;
    this.hasMemoryElements = DomainText.hasElements(guest.pmem());
    numberControllers();
  }

  private void numberControllers() {
    Set<Integer> taken = new HashSet<>();
    for (RootPort port : guest.pci().ports()) {
      Matcher named = PORT.matcher(port.name());
      if (port.prefetchableBytes() == 0 && named.matches()) {
        controllers.put(port.name(), Integer.valueOf(named.group(1)));
        taken.add(Integer.valueOf(named.group(1)));
      }
    }
    int next = 1;
    for (RootPort port : guest.pci().ports()) {
      if (port.prefetchableBytes() == 0 && !controllers.containsKey(port.name())) {
        while (!taken.add(next)) {
          next++;
        }
        controllers.put(port.name(), next);
      }
    }
  }

  /** What libvirt adds to the memory at start. */
  long pluggedBytes() {
    return hasMemoryElements
        ? guest.pmem().stream().mapToLong(window -> window.bytes().value()).sum()
        : 0;
  }

  /** Writes the elements. */
  void elements() throws UnusableInput {
    xml.open("devices");
    Stated<Long> hole = guest.machine().pciHole64Bytes();
    if (hole != null) {
      hole(hole);
    }
    for (RootPort port : guest.pci().ports()) {
      Integer index = controllers.get(port.name());
      if (index != null) {
        port(port, index);
      }
    }
    for (PciAssignment device : guest.devices()) {
      if (!isArgument(device)) {
        assigned(device);
      }
    }
    List<Integer> slots = MemoryDevices.slots(guest.pmem());
    for (int i = 0; hasMemoryElements && i < slots.size(); i++) {
      memory(guest.pmem().get(i), slots.get(i));
    }
    xml.close();
  }

  private void hole(Stated<Long> hole) throws UnusableInput {
    if (platform == PlatformName.QEMU_MICROVM || hole.value() % 1024 != 0) {
      throw Refusal.of(hole.origin(), "libvirt has no element for this 64-bit PCI window");
    }
    String root = platform == PlatformName.QEMU_PC ? "pci-root" : "pcie-root";
    xml.open("controller", "type", "pci", "index", 0, "model", root);
    xml.leaf("pcihole64", Long.toString(hole.value() >> 10), "unit", "KiB");
    xml.close();
  }

  private void port(RootPort port, int index) throws UnusableInput {
    xml.open("controller", "type", "pci", "index", index, "model", "pcie-root-port");
    if (port.memoryBytes() % 1024 != 0) {
      throw Refusal.of(port.origin(), "libvirt reserves memory of a port in whole KiB");
    }
    if (port.memoryBytes() != 0) {
      xml.empty("target", "chassis", index, "memReserve", port.memoryBytes() >> 10);
    }
    xml.close();
  }

  private boolean isArgument(PciAssignment device) {
    Stated<String> port = device.port();
    return port != null && !controllers.containsKey(port.value());
  }

  private void assigned(PciAssignment device) throws UnusableInput {
    if (device.allFunctions()) {
      throw Refusal.of(
          device.origin(), "libvirt has no word for all functions of a device: name each");
    }
    PciAddress at = device.address();
    xml.open("hostdev", "mode", "subsystem", "type", "pci", "managed", "yes");
    xml.open("source");
    address(at.segment(), at.bus(), at.device(), at.function());
    xml.close();
    Stated<String> port = device.port();
    Integer bus = port == null ? null : controllers.get(port.value());
    if (bus != null) {
      xml.empty(
          "address",
          "type",
          "pci",
          "domain",
          "0x0000",
          "bus",
          hex(bus, 2),
          "slot",
          "0x00",
          "function",
          "0x0");
    }
    xml.close();
  }

  private void address(int domain, int bus, int slot, int function) throws UnusableInput {
    xml.empty(
        "address",
        "domain",
        hex(domain, 4),
        "bus",
        hex(bus, 2),
        "slot",
        hex(slot, 2),
        "function",
        hex(function, 1));
  }

  private static String hex(int number, int digits) {
    return ("0x%0" + digits + "x").formatted(number);
  }

  private void memory(PmemWindow window, int slot) throws UnusableInput {
    boolean isNvdimm = window.kind() == PmemWindow.Kind.NVDIMM;
    xml.open("memory", "model", isNvdimm ? "nvdimm" : "dimm");
    Stated<String> path = window.backing();
    Stated<Long> alignment = window.alignmentBytes();
    if (window.isFile() && path != null) {
      if (!isNvdimm) {
        throw Refusal.of(
            window.origin(), "libvirt has no element for a `dimm` with a file of its own");
      }
      xml.open("source");
      xml.leaf("path", path.value());
      if (alignment != null) {
        size("alignsize", alignment.value());
      }
      xml.close();
    } else if (alignment != null) {
      throw Refusal.of(
          alignment.origin(),
          "QEMU aligns `%s` as it likes: only a file has an alignment".formatted(window.name()));
    }
    xml.open("target");
    size("size", window.bytes().value());
    xml.leaf("node", "0");
    if (window.labelBytes() != 0) {
      xml.open("label");
      size("size", window.labelBytes());
      xml.close();
    }
    xml.close();
    Stated<Long> start = window.startByte();
    if (start != null) {
      xml.empty(
          "address", "type", "dimm", "slot", slot, "base", "0x" + Long.toHexString(start.value()));
    } else if (window.slot() != null) {
      xml.empty("address", "type", "dimm", "slot", slot);
    }
    xml.close();
  }

  private void size(String element, long bytes) throws UnusableInput {
    xml.leaf(element, Long.toString(bytes >> 10), "unit", "KiB");
  }

  /** What has no element. */
  List<QemuArgument> arguments() throws UnusableInput {
    List<QemuArgument> arguments = new ArrayList<>();
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    if (limit != null) {
      arguments.add(
          new QemuArgument("-machine", "max-ram-below-4g=" + QemuWords.size(limit.value())));
    }
    if (!hasMemoryElements && QemuMachineArguments.hasNvdimm(guest)) {
      arguments.add(new QemuArgument("-machine", "nvdimm=on"));
    }
    Stated<Long> window = guest.machine().firmwareWindow64Bytes();
    if (window != null) {
      arguments.add(
          new QemuArgument("-fw_cfg", QemuMachineArguments.firmwareWindow(window.value())));
    }
    if (!hasMemoryElements) {
      arguments.addAll(QemuDeviceArguments.memory(guest));
    }
    // libvirt numbers the chassis of its own ports from 1.
    int chassis = 200;
    for (RootPort port : guest.pci().ports()) {
      if (!controllers.containsKey(port.name())) {
        arguments.add(QemuDeviceArguments.port(port, chassis++));
      }
    }
    for (PciAssignment device : guest.devices()) {
      if (isArgument(device)) {
        arguments.add(QemuDeviceArguments.assigned(device));
      }
    }
    return arguments;
  }
}
