package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;

/**
 * Values of QEMU's options; 0 or {@link QemuConfig#UNASKED} for what is not given.
 *
 * @param maxRamBelow4g {@code max-ram-below-4g}
 * @param maxMemory {@code maxmem}
 * @param slots {@code slots}
 * @param hole64 {@code pci-hole64-size}
 * @param physicalBits {@code phys-bits}
 * @param ports root ports with their reserves
 * @param ovmfWindow {@code opt/ovmf/X-PciMmio64Mb}, in bytes
 */
record QemuSettings(
    long maxRamBelow4g,
    long maxMemory,
    int slots,
    long hole64,
    int physicalBits,
    List<RootPort> ports,
    long ovmfWindow) {
  QemuSettings {
    ports = List.copyOf(ports);
  }

  /** Where they are set. */
  static final String WHERE = "QEMU command line";

  private static final long MIB = 1L << 20;

  /** What a guest states already. */
  static QemuSettings present(Guest guest) {
    MachineWishes wishes = guest.machine();
    Stated<Long> low = wishes.maxRamBelow4gBytes();
    Stated<Long> hole = wishes.pciHole64Bytes();
    Stated<Long> window = wishes.firmwareWindow64Bytes();
    Stated<Integer> bits = QemuGuest.statedBits(guest);
    MemorySlots room = guest.memory().slots();
    return new QemuSettings(
        low == null ? 0 : low.value(),
        room == null ? 0 : room.mostBytes().value(),
        room == null ? 0 : room.slots().value(),
        hole == null ? QemuConfig.UNASKED : hole.value(),
        bits == null ? 0 : bits.value(),
        guest.pci().ports(),
        window == null ? 0 : window.value());
  }

  /** The configuration with these. */
  QemuConfig on(QemuConfig config) {
    QemuCpu cpu = config.cpu();
    return config
        .withMaxRamBelow4g(maxRamBelow4g)
        .withHole64Size(hole64)
        .withDevices(maxMemory, slots, config.devices())
        .withCpu(physicalBits == 0 ? cpu : cpu.withAskedBits(physicalBits));
  }

  /** How a user writes them. */
  Settings spelled(PlatformName platform) {
    List<Setting> all = new ArrayList<>();
    if (maxRamBelow4g != 0) {
      all.add(setting("max-ram-below-4g", maxRamBelow4g, "-machine max-ram-below-4g="));
    }
    if (maxMemory != 0) {
      all.add(setting("maxmem", maxMemory, "-m maxmem="));
      all.add(Setting.of("slots", (long) slots, "-m slots=" + slots));
    }
    if (hole64 != QemuConfig.UNASKED) {
      String bridge = platform == PlatformName.QEMU_Q35 ? "q35-pcihost" : "i440FX-pcihost";
      all.add(setting("pci-hole64-size", hole64, "-global %s.pci-hole64-size=".formatted(bridge)));
    }
    if (physicalBits != 0) {
      all.add(Setting.of("phys-bits", (long) physicalBits, "-cpu ...,phys-bits=" + physicalBits));
    }
    for (RootPort port : ports) {
      reserve(all, "mem-reserve", port, port.memoryBytes());
      reserve(all, "pref64-reserve", port, port.prefetchableBytes());
    }
    if (ovmfWindow != 0) {
      all.add(
          Setting.of(
              "X-PciMmio64Mb",
              ovmfWindow / MIB,
              "-fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=" + ovmfWindow / MIB));
    }
    return new Settings(WHERE, all);
  }

  private static void reserve(List<Setting> all, String key, RootPort port, long bytes) {
    if (bytes != 0) {
      String spelling =
          "-device pcie-root-port,id=%s,...,%s=%s".formatted(port.name(), key, size(bytes));
      all.add(new Setting(key, port.name(), bytes, spelling));
    }
  }

  private static Setting setting(String key, long bytes, String spelling) {
    return Setting.of(key, bytes, spelling + size(bytes));
  }

  /** A size as QEMU takes it, in the largest unit that divides it. */
  static String size(long bytes) {
    String units = "KMGT";
    int shift = 0;
    while (bytes != 0 && shift < 40 && (bytes >> shift) % 1024 == 0) {
      shift += 10;
    }
    return shift == 0 ? Long.toString(bytes) : "" + (bytes >> shift) + units.charAt(shift / 10 - 1);
  }
}
