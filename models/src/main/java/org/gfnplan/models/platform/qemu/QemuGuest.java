package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.jspecify.annotations.Nullable;

/** What a guest of a scene asks of QEMU. */
final class QemuGuest {
  private static final long GIB = 1L << 30;

  private QemuGuest() {}

  /** Whether the guest sees a processor of AMD's: what it states, else the host's under KVM. */
  static boolean isAmd(Scene scene) {
    Stated<CpuVendor> stated = scene.guest().machine().cpuVendor();
    return stated != null
        ? stated.value() == CpuVendor.AMD
        : scene.host().iommu() == Host.Iommu.AMD;
  }

  /** Bytes of RAM at start. */
  static long ram(Guest guest) {
    return guest.memory().ramFrames() << 12;
  }

  /** The address bits that an input states, or null when they are left open. */
  static @Nullable Stated<Integer> statedBits(Guest guest) {
    Stated<Integer> bits = guest.machine().physicalBits();
    return bits == null || bits.isDefault() ? null : bits;
  }

  /** The guest as QEMU is asked for it now. */
  static QemuConfig config(Scene scene, QemuTarget target) {
    Guest guest = scene.guest();
    MachineWishes wishes = guest.machine();
    List<QemuDevice> devices = new ArrayList<>();
    boolean persistent = false;
    for (PmemWindow window : guest.pmem()) {
      devices.add(device(window));
      persistent |= window.kind() == PmemWindow.Kind.NVDIMM;
    }
    Stated<Integer> bits = wishes.physicalBits();
    Stated<Integer> hosts = scene.host().cpuPhysicalBits();
    int asked = bits != null && !bits.isDefault() ? bits.value() : 0;
    if (bits == null && hosts != null) {
      // -cpu host has the host's bits (host-cpu.c, host_cpu_max_instance_init).
      asked = Math.min(QemuCpu.MOST_BITS, hosts.value());
    }
    MemorySlots room = guest.memory().slots();
    return new QemuConfig(
        target.machine(guest),
        new QemuCpu(isAmd(scene), true, true, true, asked),
        ram(guest),
        orNothing(wishes.maxRamBelow4gBytes(), 0),
        room == null ? 0 : room.mostBytes().value(),
        room == null ? 0 : room.slots().value(),
        orNothing(wishes.pciHole64Bytes(), QemuConfig.UNASKED),
        persistent,
        devices,
        List.of());
  }

  private static long orNothing(@Nullable Stated<Long> value, long none) {
    return value == null ? none : value.value();
  }

  /** A memory device as QEMU's command line has it. */
  static QemuDevice device(PmemWindow window) {
    Stated<Long> align = window.alignmentBytes();
    Stated<Long> start = window.startByte();
    Stated<Integer> slot = window.slot();
    return new QemuDevice(
        window.kind() == PmemWindow.Kind.NVDIMM ? QemuDevice.Kind.NVDIMM : QemuDevice.Kind.DIMM,
        window.name(),
        "m-" + window.name(),
        window.bytes().value(),
        window.isFile(),
        window.isFile() && align != null ? align.value() : 0,
        window.kind() == PmemWindow.Kind.NVDIMM ? window.labelBytes() : 0,
        start == null ? 0 : start.value(),
        slot == null ? QemuDevice.ANY_SLOT : slot.value());
  }

  /** The least room that holds a guest's memory devices, for a guest that states none. */
  static long leastMaximum(Guest guest) {
    long sum = guest.pmem().stream().mapToLong(window -> device(window).guestSize()).sum();
    return ByteRange.roundUp(ram(guest) + sum, QemuDevice.PAGE);
  }

  /** The fewest slots that hold a guest's memory devices. */
  static int leastSlots(Guest guest) {
    int highest = -1;
    for (PmemWindow window : guest.pmem()) {
      Stated<Integer> slot = window.slot();
      highest = Math.max(highest, slot == null ? -1 : slot.value());
    }
    return Math.max(guest.pmem().size(), highest + 1);
  }

  /** Rounds up to a whole GiB, as QEMU does with everything above 4 GiB. */
  static long wholeGib(long bytes) {
    return ByteRange.roundUp(bytes, GIB);
  }
}
