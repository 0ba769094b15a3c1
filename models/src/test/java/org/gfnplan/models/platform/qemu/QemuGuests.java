package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestMemory;
import org.gfnplan.models.guest.GuestPci;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/** Guests that ask QEMU for a given configuration. */
final class QemuGuests {
  static final Origin HERE = Origin.builtIn("test", "");

  private QemuGuests() {}

  /** Whether a guest can state this configuration, and the model is for it. */
  static boolean isStatable(QemuConfig config) {
    QemuMachine.Board board = config.machine().board();
    boolean pc = board == QemuMachine.Board.I440FX || board == QemuMachine.Board.Q35;
    boolean plain =
        config.devices().stream().allMatch(x -> x.kind() != QemuDevice.Kind.VIRTIO_PMEM)
            && (config.devices().isEmpty() || (pc && config.maxMemory() != 0 && config.nvdimm()));
    boolean room = config.maxMemory() != 0 || config.slots() == 0;
    // QEMU 7.2 does not check 32 address bits; later releases do.
    boolean wide = config.cpu().longMode() && config.physicalBits() > 32;
    return (pc || board == QemuMachine.Board.MICROVM)
        && plain
        && room
        && wide
        && (pc || (config.maxMemory() == 0 && isReached(config)));
  }

  /** QEMU starts a microvm with RAM that its processor does not reach; such a plan is refused. */
  private static boolean isReached(QemuConfig config) {
    return config.roundedRam() + (1L << 30) <= 1L << config.physicalBits();
  }

  static PlatformName platform(QemuConfig config) {
    return switch (config.machine().board()) {
      case Q35 -> PlatformName.QEMU_Q35;
      case MICROVM -> PlatformName.QEMU_MICROVM;
      default -> PlatformName.QEMU_PC;
    };
  }

  static Guest of(QemuConfig config) {
    int asked = config.cpu().askedBits();
    MachineWishes wishes =
        MachineWishes.withBits(
                asked == 0 ? Stated.by(config.physicalBits(), HERE) : Stated.by(asked, HERE))
            .withVersion(Stated.by(config.machine().name(), HERE))
            .withCpuVendor(Stated.by(config.cpu().amd() ? CpuVendor.AMD : CpuVendor.INTEL, HERE));
    if (config.maxRamBelow4g() != 0) {
      wishes = wishes.withMaxRamBelow4g(Stated.by(config.maxRamBelow4g(), HERE));
    }
    if (config.machine().board().hasPci()) {
      wishes = wishes.withPciHole64(Stated.by(config.hole64(), HERE));
    }
    Stated<Long> kib = Stated.by(config.roundedRam() >> 10, HERE);
    MemorySlots room =
        config.maxMemory() == 0
            ? null
            : new MemorySlots(Stated.by(config.maxMemory(), HERE), Stated.by(config.slots(), HERE));
    return new Guest(
        "random",
        Guest.Type.HVM,
        new GuestMemory(
            kib, Stated.byDefault(kib.value(), HERE), Stated.byDefault(0L, HERE), room, List.of()),
        null,
        RdmWishes.of(
            Stated.byDefault(Guest.RdmStrategy.IGNORE, HERE),
            Stated.byDefault(RdmPolicy.RELAXED, HERE),
            Stated.byDefault(2048L, HERE)),
        Stated.byDefault(true, HERE),
        Stated.byDefault("seabios", HERE),
        GuestPci.NONE,
        wishes,
        windows(config),
        Stated.by(platform(config), HERE),
        HERE,
        List.of());
  }

  private static List<PmemWindow> windows(QemuConfig config) {
    List<PmemWindow> found = new ArrayList<>();
    for (QemuDevice device : config.devices()) {
      found.add(
          new PmemWindow(
              device.id(),
              device.kind() == QemuDevice.Kind.NVDIMM
                  ? PmemWindow.Kind.NVDIMM
                  : PmemWindow.Kind.DIMM,
              Stated.by(device.size(), HERE),
              device.labelSize(),
              device.align() == 0 ? null : Stated.by(device.align(), HERE),
              device.address() == 0 ? null : Stated.by(device.address(), HERE),
              device.slot() == QemuDevice.ANY_SLOT ? null : Stated.by(device.slot(), HERE),
              null,
              device.file(),
              HERE));
    }
    return found;
  }
}
