package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;

/** The options of QEMU for devices that take addresses. */
final class QemuDeviceArguments {
  private QemuDeviceArguments() {}

  /** Memory devices, in their order: QEMU places each as low as it can. */
  static List<QemuArgument> memory(Guest guest) throws UnusableInput {
    List<QemuArgument> arguments = new ArrayList<>();
    for (PmemWindow window : guest.pmem()) {
      String id = QemuWords.id(window.name(), window.origin());
      arguments.add(new QemuArgument("-object", backend(window, "m-" + id)));
      StringBuilder device =
          new StringBuilder(window.kind() == PmemWindow.Kind.NVDIMM ? "nvdimm" : "pc-dimm")
              .append(",id=%s,memdev=m-%s".formatted(id, id));
      if (window.labelBytes() != 0) {
        device.append(",label-size=").append(QemuWords.size(window.labelBytes()));
      }
      Stated<Long> start = window.startByte();
      if (start != null) {
        device.append(",addr=0x").append(Long.toHexString(start.value()));
      }
      Stated<Integer> slot = window.slot();
      if (slot != null) {
        device.append(",slot=").append(slot.value());
      }
      arguments.add(new QemuArgument("-device", device.toString()));
    }
    return arguments;
  }

  private static String backend(PmemWindow window, String id) throws UnusableInput {
    Stated<String> path = window.backing();
    Stated<Long> alignment = window.alignmentBytes();
    if (window.isFile() && path == null) {
      throw Refusal.of(
          window.origin(), "the file behind `%s` is not stated".formatted(window.name()));
    }
    if (!window.isFile() && alignment != null) {
      throw Refusal.of(
          alignment.origin(),
          "QEMU aligns `%s` as it likes: only a file has an alignment".formatted(window.name()));
    }
    String size = ",id=%s,size=%s".formatted(id, QemuWords.size(window.bytes().value()));
    if (!window.isFile() || path == null) {
      return "memory-backend-ram" + size;
    }
    return "memory-backend-file"
        + size
        + ",mem-path="
        + QemuWords.value(path.value())
        + ",share=on"
        + (alignment == null ? "" : ",align=" + QemuWords.size(alignment.value()));
  }

  /** A root port. */
  static QemuArgument port(RootPort port, int chassis) throws UnusableInput {
    StringBuilder device =
        new StringBuilder("pcie-root-port,id=")
            .append(QemuWords.id(port.name(), port.origin()))
            .append(",chassis=")
            .append(chassis);
    if (port.memoryBytes() != 0) {
      device.append(",mem-reserve=").append(QemuWords.size(port.memoryBytes()));
    }
    if (port.prefetchableBytes() != 0) {
      device.append(",pref64-reserve=").append(QemuWords.size(port.prefetchableBytes()));
    }
    return new QemuArgument("-device", device.toString());
  }

  /** A host device, or all its functions that are stated to be. */
  static QemuArgument assigned(PciAssignment device) throws UnusableInput {
    if (device.allFunctions()) {
      throw Refusal.of(
          device.origin(), "QEMU has no word for all functions of a device: name each");
    }
    Stated<String> port = device.port();
    String bus = port == null ? "" : ",bus=" + QemuWords.id(port.value(), port.origin());
    return new QemuArgument("-device", "vfio-pci,host=" + device.address() + bus);
  }
}
