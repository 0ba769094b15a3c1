package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;

/**
 * A guest as libvirt's domain XML: the elements that shape the layout, and arguments of QEMU for
 * what has no element.
 */
final class DomainText {
  private static final String NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

  private final Guest guest;
  private final PlatformName platform;
  private final XmlText xml;
  private final DomainDeviceText devices;

  private DomainText(Guest guest, PlatformName platform) {
    this.guest = guest;
    this.platform = platform;
    this.xml = new XmlText(guest.document());
    this.devices = new DomainDeviceText(guest, platform, xml);
  }

  /** The document. */
  static String of(Guest guest, PlatformName platform) throws UnusableInput {
    DomainText text = new DomainText(guest, platform);
    text.domain();
    return text.xml.text();
  }

  private void domain() throws UnusableInput {
    xml.open("domain", "type", "kvm", "xmlns:qemu", NAMESPACE);
    for (String note : QemuCommandText.notes(guest)) {
      xml.comment(note);
    }
    xml.leaf("name", guest.name());
    memory();
    system();
    processor();
    security();
    devices.elements();
    commandLine();
    xml.close();
  }

  private long startKib() {
    return guest.memory().mostKib().value() - guest.memory().videoKib().value();
  }

  /* libvirt counts memory devices as memory. */
  private void memory() throws UnusableInput {
    wholeMib(guest.memory().mostKib(), startKib());
    MemorySlots room = guest.memory().slots();
    if (room != null) {
      wholeMib(room.mostBytes(), room.mostBytes().value() >> 10);
      xml.leaf(
          "maxMemory", kib(room.mostBytes().value()), "slots", room.slots().value(), "unit", "KiB");
    }
    long plugged = devices.pluggedBytes();
    xml.leaf("memory", kib((startKib() << 10) + plugged), "unit", "KiB");
  }

  private static void wholeMib(Stated<Long> stated, long kib) throws UnusableInput {
    if (kib % 1024 != 0) {
      throw Refusal.of(
          stated.origin(), "libvirt takes memory in whole MiB, this is %d KiB".formatted(kib));
    }
  }

  private static String kib(long bytes) {
    return Long.toString(bytes >> 10);
  }

  private void system() throws UnusableInput {
    if (guest.firmware().value().equals("ovmf")) {
      xml.open("os", "firmware", "efi");
    } else {
      xml.open("os");
    }
    xml.leaf(
        "type", "hvm", "arch", "x86_64", "machine", QemuMachineArguments.type(guest, platform));
    xml.close();
  }

  /* As for a command: a guest remembers vendor and width of its vCPU, not the name of its model. */
  private void processor() throws UnusableInput {
    Stated<CpuVendor> vendor = guest.machine().cpuVendor();
    Stated<Integer> bits = guest.machine().physicalBits();
    boolean isNamed = vendor != null || (bits != null && bits.isDefault());
    xml.open("cpu", "mode", isNamed ? "custom" : "host-passthrough");
    if (isNamed) {
      xml.leaf("model", "qemu64");
    }
    if (vendor != null) {
      xml.leaf("vendor", vendor.value() == CpuVendor.AMD ? "AMD" : "Intel");
    }
    if (bits != null && !bits.isDefault()) {
      xml.empty("maxphysaddr", "mode", "emulate", "bits", bits.value());
    } else if (bits == null && isNamed) {
      xml.empty("maxphysaddr", "mode", "passthrough");
    }
    cells();
    xml.close();
  }

  /* libvirt wants a NUMA cell where there is room for memory devices. */
  private void cells() throws UnusableInput {
    List<NumaNode> nodes = guest.memory().nodes();
    if (nodes.isEmpty() && guest.memory().slots() == null) {
      return;
    }
    xml.open("numa");
    for (int i = 0; i < nodes.size(); i++) {
      NumaNode node = nodes.get(i);
      wholeMib(Stated.by(node.kib(), node.origin()), node.kib());
      xml.empty("cell", "id", i, "memory", node.kib(), "unit", "KiB");
    }
    if (nodes.isEmpty()) {
      xml.empty("cell", "id", 0, "cpus", 0, "memory", startKib(), "unit", "KiB");
    }
    xml.close();
  }

  private void security() throws UnusableInput {
    Stated<Integer> bit = guest.machine().privateBit();
    Stated<CpuVendor> vendor = guest.machine().cpuVendor();
    if (bit == null) {
      return;
    }
    if (vendor != null && vendor.value() == CpuVendor.INTEL) {
      throw Refusal.of(bit.origin(), "libvirt has no element for the shared bit of TDX");
    }
    xml.open("launchSecurity", "type", "sev");
    xml.leaf("cbitpos", bit.value().toString());
    xml.leaf("reducedPhysBits", "1");
    xml.leaf("policy", "0x0003");
    xml.close();
  }

  private void commandLine() throws UnusableInput {
    List<QemuArgument> arguments = devices.arguments();
    if (arguments.isEmpty()) {
      return;
    }
    xml.open("qemu:commandline");
    for (QemuArgument argument : arguments) {
      xml.empty("qemu:arg", "value", argument.option());
      xml.empty("qemu:arg", "value", argument.value());
    }
    xml.close();
  }

  /** Whether libvirt has an element for every memory device; it needs a file behind an NVDIMM. */
  static boolean hasElements(List<PmemWindow> windows) {
    return windows.stream()
        .allMatch(
            window ->
                window.isFile() ? window.backing() != null : window.kind() == PmemWindow.Kind.DIMM);
  }
}
