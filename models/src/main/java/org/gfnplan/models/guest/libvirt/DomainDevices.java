package org.gfnplan.models.guest.libvirt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.qemu.VmDraft;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the devices of a domain that take addresses. */
final class DomainDevices {
  private final VmDraft draft;
  private final Map<Long, String> portByBus = new HashMap<>();
  private long memoryBytes;
  private int number;

  DomainDevices(VmDraft draft) {
    this.draft = draft;
  }

  /** What memory devices have together. */
  long memoryBytes() {
    return memoryBytes;
  }

  void read(XmlElement devices) {
    // Devices name the bus of a controller that may stand behind them.
    devices.all("controller").forEach(this::controller);
    for (XmlElement device : devices.children()) {
      switch (device.name()) {
        case "controller" -> {}
        case "memory" -> memory(device);
        case "hostdev" -> assigned(device);
        default -> draft.ignore(device.name(), device.origin());
      }
    }
  }

  private void controller(XmlElement controller) {
    String model = controller.get("model");
    if (!controller.get("type").equals("pci")) {
      draft.ignore("controller " + controller.get("type"), controller.origin());
    } else if (model.equals("pcie-root") || model.equals("pci-root")) {
      XmlElement hole = controller.child("pcihole64");
      if (hole != null) {
        Long bytes = DomainUnits.bytes(hole.words(), hole.get("unit"));
        if (bytes == null) {
          draft.problem(
              hole.origin(), "`pcihole64` must be a size, this is `" + hole.words() + "`");
        } else {
          draft.pciHole64(bytes, hole.origin());
        }
      }
    } else if (model.equals("pcie-root-port")) {
      port(controller);
    } else {
      draft.ignore("controller " + model, controller.origin());
    }
  }

  /* libvirt calls the port of controller 3 pci.3; devices name it as bus 3. */
  private void port(XmlElement controller) {
    Long index = number(controller, "index");
    XmlElement target = controller.child("target");
    Long reserve = target == null ? null : attributeSize(target, "memReserve", "KiB");
    String name = "pci." + (index == null ? "port" + number++ : index);
    if (index != null) {
      portByBus.put(index, name);
    }
    draft.port(name, reserve == null ? 0 : reserve, 0, controller.origin());
  }

  private void assigned(XmlElement device) {
    // libvirt takes a device without a mode for one of the subsystem (domain_conf.c).
    boolean ofSubsystem = List.of("", "subsystem").contains(device.get("mode"));
    if (!device.get("type").equals("pci") || !ofSubsystem) {
      draft.ignore("hostdev " + device.get("type"), device.origin());
      return;
    }
    XmlElement source = device.at("source", "address");
    PciAddress address = source == null ? null : address(source);
    if (address == null) {
      draft.problem(
          source == null ? device.origin() : source.origin(),
          "`source` of a host device needs an `address` with bus, slot and function");
      return;
    }
    XmlElement rom = device.child("rom");
    if (rom != null) {
      draft.ignore("rom", rom.origin());
    }
    XmlElement place = device.child("address");
    Long bus = place == null ? null : number(place, "bus");
    String port = bus == null ? null : portByBus.get(bus);
    Origin origin = source == null ? device.origin() : source.origin();
    draft.device(address, port == null ? null : Stated.by(port, device.origin()), origin);
  }

  private @Nullable PciAddress address(XmlElement source) {
    Long domain = number(source, "domain");
    Long bus = number(source, "bus");
    Long slot = number(source, "slot");
    Long function = number(source, "function");
    if (bus == null || slot == null || function == null) {
      return null;
    }
    long segment = domain == null ? 0 : domain;
    boolean fits =
        Math.min(Math.min(segment, bus), Math.min(slot, function)) >= 0
            && segment <= 0xffff
            && bus <= 0xff
            && slot <= 0x1f
            && function <= 7;
    return fits
        ? new PciAddress((int) segment, bus.intValue(), slot.intValue(), function.intValue())
        : null;
  }

  private void memory(XmlElement device) {
    Origin origin = device.origin();
    String model = device.get("model");
    if (!model.equals("dimm") && !model.equals("nvdimm")) {
      draft.problem(origin, "a memory device `" + model + "` cannot be planned");
      return;
    }
    XmlElement size = device.at("target", "size");
    Long bytes = size == null ? null : wordSize(size);
    if (size == null || bytes == null) {
      if (size == null) {
        draft.problem(origin, "`target` of a memory device needs a `size`");
      }
      return;
    }
    memoryBytes += bytes;
    XmlElement label = device.at("target", "label", "size");
    Long labelBytes = label == null ? null : wordSize(label);
    XmlElement align = device.at("source", "alignsize");
    Long alignment = align == null ? null : wordSize(align);
    XmlElement path = device.at("source", "path");
    XmlElement place = device.child("address");
    Long start = place == null ? null : number(place, "base");
    Long slot = place == null ? null : number(place, "slot");
    if (slot != null && (slot < 0 || slot > 255)) {
      draft.problem(origin, "a slot is from 0 to 255, this is " + slot);
      return;
    }
    draft.window(
        new PmemWindow(
            model + number++,
            model.equals("dimm") ? PmemWindow.Kind.DIMM : PmemWindow.Kind.NVDIMM,
            Stated.by(bytes, size.origin()),
            labelBytes == null ? 0 : labelBytes,
            align == null || alignment == null ? null : Stated.by(alignment, align.origin()),
            place == null || start == null ? null : Stated.by(start, place.origin()),
            place == null || slot == null ? null : Stated.by(slot.intValue(), place.origin()),
            path == null ? null : Stated.by(path.words(), path.origin()),
            path != null,
            origin));
  }

  private @Nullable Long wordSize(XmlElement element) {
    Long bytes = DomainUnits.bytes(element.words(), element.get("unit"));
    if (bytes == null || bytes > VmDraft.MOST_BYTES) {
      draft.problem(
          element.origin(),
          "`%s` must be a size of at most 16 TiB, this is `%s`"
              .formatted(element.name(), element.words()));
      return null;
    }
    return bytes;
  }

  private @Nullable Long attributeSize(XmlElement element, String attribute, String unit) {
    String text = element.get(attribute);
    Long bytes = text.isEmpty() ? null : DomainUnits.bytes(text, unit);
    if (bytes == null && !text.isEmpty()) {
      draft.problem(
          element.origin(), "`%s` must be a size, this is `%s`".formatted(attribute, text));
    }
    return bytes;
  }

  private @Nullable Long number(XmlElement element, String attribute) {
    String text = element.get(attribute);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return text.matches("[0-9]+") ? Long.valueOf(text) : Long.decode(text);
    } catch (NumberFormatException notANumber) {
      draft.problem(
          element.origin(), "`%s` must be a number, this is `%s`".formatted(attribute, text));
      return null;
    }
  }
}
