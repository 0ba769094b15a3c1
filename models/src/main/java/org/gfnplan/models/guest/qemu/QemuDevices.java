package org.gfnplan.models.guest.qemu;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads {@code -device}, {@code -object} and {@code -numa} of a command line. */
final class QemuDevices {
  private final VmDraft draft;
  private final Map<String, QemuOption> backends = new LinkedHashMap<>();
  private final Map<Integer, QemuOption> later = new LinkedHashMap<>();
  private int number;
  private boolean evenNodes;

  QemuDevices(VmDraft draft) {
    this.draft = draft;
  }

  /** An object; only memory and protection of memory matter. */
  void object(QemuOption object) {
    String type = object.get("qom-type", "");
    String id = object.get("id", "");
    if (type.startsWith("memory-backend-")) {
      backends.put(id, object);
    } else if (type.equals("sev-guest") || type.equals("sev-snp-guest")) {
      Long bit = number(object, "cbitpos");
      if (bit != null) {
        draft.privateBit(bit, object.origin());
      }
    } else {
      draft.ignore("-object " + type, object.origin());
    }
  }

  /** A device or NUMA node; objects may follow, so that it is read at the end. */
  void device(QemuOption device) {
    later.put(number++, device);
  }

  void finish() {
    later.values().forEach(this::read);
  }

  private void read(QemuOption device) {
    String driver = device.get("driver", device.get("type", ""));
    switch (driver) {
      case "nvdimm" -> memory(device, PmemWindow.Kind.NVDIMM);
      case "pc-dimm" -> memory(device, PmemWindow.Kind.DIMM);
      case "vfio-pci", "vfio-pci-nohotplug" -> assigned(device);
      case "pcie-root-port" -> port(device);
      case "node" -> node(device);
      case "virtio-pmem-pci", "virtio-mem-pci" ->
          draft.problem(device.origin(), "`" + driver + "` cannot be planned");
      case "dist", "cpu", "hmat-lb", "hmat-cache" ->
          draft.ignore("-numa " + driver, device.origin());
      default -> draft.ignore("-device " + driver, device.origin());
    }
  }

  private void memory(QemuOption device, PmemWindow.Kind kind) {
    Origin origin = device.origin();
    String id = device.get("memdev", "");
    QemuOption backend = backends.get(id);
    Long size = backend == null ? null : size(backend, "size");
    if (backend == null || size == null) {
      draft.problem(
          origin,
          backend == null
              ? "no `-object memory-backend-...` is called `" + id + "`"
              : "the memory `" + id + "` has no `size`");
      return;
    }
    Long label = size(device, "label-size");
    Long start = number(device, "addr");
    Long slot = number(device, "slot");
    if (slot != null && (slot < 0 || slot > 255)) {
      draft.problem(origin, "a slot is from 0 to 255, this is " + slot);
      return;
    }
    String path = backend.get("mem-path");
    Long alignment = size(backend, "align");
    draft.window(
        new PmemWindow(
            device.get("id", id),
            kind,
            Stated.by(size, backend.origin()),
            label == null ? 0 : label,
            alignment == null || alignment == 0 ? null : Stated.by(alignment, backend.origin()),
            start == null || start == 0 ? null : Stated.by(start, origin),
            slot == null ? null : Stated.by(slot.intValue(), origin),
            path == null ? null : Stated.by(path, backend.origin()),
            backend.get("qom-type", "").equals("memory-backend-file"),
            origin));
  }

  private void assigned(QemuOption device) {
    String host = device.get("host");
    String path = device.get("sysfsdev", "");
    String text = host != null ? host : path.substring(path.lastIndexOf('/') + 1);
    PciAddress address = PciAddress.parse(text);
    if (address == null) {
      draft.problem(device.origin(), "`" + text + "` is not the address of a host device");
      return;
    }
    String bus = device.get("bus");
    draft.device(address, bus == null ? null : Stated.by(bus, device.origin()), device.origin());
  }

  private void port(QemuOption device) {
    Long memory = size(device, "mem-reserve");
    Long wide = size(device, "pref64-reserve");
    draft.port(
        device.get("id", "port " + number++),
        memory == null ? 0 : memory,
        wide == null ? 0 : wide,
        device.origin());
  }

  /* QEMU shares memory out evenly when no node says how much it has (numa.c). */
  private void node(QemuOption node) {
    String plain = node.get("mem");
    QemuOption backend = backends.get(node.get("memdev", ""));
    Long size =
        plain != null
            ? QemuSizes.parse(plain, 'm')
            : backend == null ? null : size(backend, "size");
    if (size != null) {
      draft.node(size, node.origin());
    } else if (plain != null || node.get("memdev") != null) {
      draft.problem(node.origin(), "the memory of this NUMA node is not known");
    } else if (!evenNodes) {
      evenNodes = true;
      draft.ignore("-numa node without memory", node.origin());
    }
  }

  private @Nullable Long size(QemuOption option, String key) {
    String text = option.get(key);
    Long size = text == null ? null : QemuSizes.parse(text, 'b');
    if (text != null && size == null) {
      draft.problem(option.origin(), "`%s` must be a size, this is `%s`".formatted(key, text));
    }
    return size;
  }

  private @Nullable Long number(QemuOption option, String key) {
    String text = option.get(key);
    if (text == null) {
      return null;
    }
    try {
      return Long.decode(text);
    } catch (NumberFormatException notANumber) {
      draft.problem(option.origin(), "`%s` must be a number, this is `%s`".formatted(key, text));
      return null;
    }
  }
}
