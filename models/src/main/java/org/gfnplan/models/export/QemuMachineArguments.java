package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;

/** The options of QEMU that say what machine a guest has: processor, memory, windows, firmware. */
final class QemuMachineArguments {
  private static final long MIB = 1 << 20;

  private final Guest guest;
  private final PlatformName platform;
  private final List<QemuArgument> arguments = new ArrayList<>();

  private QemuMachineArguments(Guest guest, PlatformName platform) {
    this.guest = guest;
    this.platform = platform;
  }

  /** The options, machine first. */
  static List<QemuArgument> of(Guest guest, PlatformName platform) throws UnusableInput {
    QemuMachineArguments made = new QemuMachineArguments(guest, platform);
    made.add("-machine", made.machine());
    made.processor();
    made.memory();
    made.windows();
    made.firmware();
    return made.arguments;
  }

  private void add(String option, String value) {
    arguments.add(new QemuArgument(option, value));
  }

  private String machine() {
    MachineWishes wishes = guest.machine();
    StringBuilder machine = new StringBuilder(type(guest, platform));
    Stated<Long> limit = wishes.maxRamBelow4gBytes();
    if (limit != null) {
      machine.append(",max-ram-below-4g=").append(QemuWords.size(limit.value()));
    }
    if (hasNvdimm(guest)) {
      machine.append(",nvdimm=on");
    }
    return machine.toString();
  }

  /** The machine type, with its version where one is stated. */
  static String type(Guest guest, PlatformName platform) {
    Stated<String> version = guest.machine().version();
    if (version != null) {
      return QemuWords.value(version.value());
    }
    return switch (platform) {
      case QEMU_PC -> "pc";
      case QEMU_Q35 -> "q35";
      default -> "microvm";
    };
  }

  /** Whether QEMU has to be told of NVDIMMs. */
  static boolean hasNvdimm(Guest guest) {
    return guest.pmem().stream().anyMatch(window -> window.kind() == PmemWindow.Kind.NVDIMM);
  }

  /*
   * A guest does not remember the name of its vCPU model. Without a vendor it runs on KVM, which
   * shows the host's; with one, on the model that QEMU takes unasked.
   */
  private void processor() {
    Stated<CpuVendor> vendor = guest.machine().cpuVendor();
    Stated<Integer> bits = guest.machine().physicalBits();
    if (vendor == null) {
      add("-accel", "kvm");
    }
    boolean isUsual = bits != null && bits.isDefault();
    StringBuilder cpu = new StringBuilder(isUsual || vendor != null ? "qemu64" : "host");
    if (vendor != null) {
      cpu.append(",vendor=")
          .append(vendor.value() == CpuVendor.AMD ? "AuthenticAMD" : "GenuineIntel");
    }
    if (bits != null && !isUsual) {
      cpu.append(",phys-bits=").append(bits.value());
    } else if (bits == null && vendor != null) {
      cpu.append(",host-phys-bits=on");
    }
    add("-cpu", cpu.toString());
  }

  private void memory() {
    long kib = guest.memory().mostKib().value() - guest.memory().videoKib().value();
    StringBuilder memory = new StringBuilder("size=").append(QemuWords.size(kib << 10));
    MemorySlots room = guest.memory().slots();
    if (room != null) {
      memory.append(",slots=").append(room.slots().value());
      memory.append(",maxmem=").append(QemuWords.size(room.mostBytes().value()));
    }
    add("-m", memory.toString());
    List<NumaNode> nodes = guest.memory().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      String size = QemuWords.size(nodes.get(i).kib() << 10);
      add("-object", "memory-backend-ram,id=node%d,size=%s".formatted(i, size));
      add("-numa", "node,nodeid=%d,memdev=node%d".formatted(i, i));
    }
  }

  private void windows() throws UnusableInput {
    Stated<Long> hole = guest.machine().pciHole64Bytes();
    if (hole != null) {
      if (platform == PlatformName.QEMU_MICROVM) {
        throw Refusal.of(hole.origin(), "microvm has no 64-bit PCI window");
      }
      String bridge = platform == PlatformName.QEMU_PC ? "i440FX-pcihost" : "q35-pcihost";
      add("-global", "%s.pci-hole64-size=%s".formatted(bridge, QemuWords.size(hole.value())));
    }
    Stated<Long> window = guest.machine().firmwareWindow64Bytes();
    if (window != null) {
      add("-fw_cfg", firmwareWindow(window.value()));
    }
    Stated<Integer> bit = guest.machine().privateBit();
    Stated<CpuVendor> vendor = guest.machine().cpuVendor();
    if (bit != null && vendor != null && vendor.value() == CpuVendor.INTEL) {
      throw Refusal.of(bit.origin(), "QEMU has no option for the shared bit of TDX");
    }
    if (bit != null) {
      add("-object", "sev-guest,id=sev0,cbitpos=%d,reduced-phys-bits=1".formatted(bit.value()));
    }
  }

  /** The value that tells OVMF how large its 64-bit window is. */
  static String firmwareWindow(long bytes) {
    return "name=opt/ovmf/X-PciMmio64Mb,string=" + bytes / MIB;
  }

  private void firmware() {
    if (guest.firmware().value().equals("ovmf")) {
      add("-bios", "OVMF.fd");
    } else if (!guest.firmware().isDefault() && guest.firmware().value().equals("seabios")) {
      add("-bios", "bios-256k.bin");
    }
  }
}
