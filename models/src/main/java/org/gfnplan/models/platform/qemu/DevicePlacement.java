package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.gfnplan.models.platform.qemu.QemuLayout.Placed;
import org.gfnplan.models.platform.qemu.QemuRefusal.Reason;
import org.jspecify.annotations.Nullable;

/** Puts memory devices into their region, one after another. */
final class DevicePlacement {
  /*
   * memory-device.c, memory_device_get_free_addr: first fit. The walk goes up once over the devices
   * that are there, ordered by address, and moves the candidate behind each one it overlaps. The
   * budget counts sizes, not the gaps that alignment leaves. The order of the checks is QEMU's: a
   * device that breaks two rules is refused by the first.
   */
  private final QemuConfig config;
  private final @Nullable ByteRange region;
  private final List<Placed> byAddress = new ArrayList<>();
  private final TreeSet<Integer> slots = new TreeSet<>();
  private final List<QemuWarning> warnings = new ArrayList<>();
  private long used;

  DevicePlacement(QemuConfig config, @Nullable ByteRange region) {
    this.config = config;
    this.region = region;
  }

  List<Placed> byAddress() {
    return byAddress;
  }

  List<QemuWarning> warnings() {
    return warnings;
  }

  /** Adds the next device of the command line. */
  void add(QemuDevice device) throws Refused {
    try {
      if (device.kind().isPci() && !config.machine().board().hasPci()) {
        throw new Refused(Reason.NO_PCI_BUS, device.kind().driver());
      }
      if (device.labelSize() != 0 && device.labelSize() < QemuDevice.LEAST_LABEL) {
        throw new Refused(Reason.LABEL_TOO_SMALL, device.labelSize(), QemuDevice.LEAST_LABEL);
      }
      if (config.machine().board() == QemuMachine.Board.MICROVM) {
        // No hot-plug handler asks for a place: the device exists and the guest does not see it.
        requireGuestSize(device);
        keep(new Placed(device, device.address(), device.slot()));
        return;
      }
      if (device.kind() == QemuDevice.Kind.NVDIMM && !config.nvdimm()) {
        throw new Refused(Reason.NVDIMM_OFF);
      }
      int slot = device.hasSlot() ? slot(device) : QemuDevice.ANY_SLOT;
      requireGuestSize(device);
      long start = place(device);
      used += device.guestSize();
      slots.add(slot);
      keep(new Placed(device, start, slot));
    } catch (Refused e) {
      throw new Refused(e.refusal().about(device));
    }
  }

  private void keep(Placed placed) {
    byAddress.add(placed);
    byAddress.sort(Comparator.comparingLong(Placed::start));
  }

  private int slot(QemuDevice device) throws Refused {
    int asked = device.slot();
    int count = config.slots();
    if (asked != QemuDevice.ANY_SLOT && asked >= count) {
      throw new Refused(Reason.NO_SUCH_SLOT, asked, Long.toUnsignedString(count - 1L));
    }
    if (count == 0) {
      throw new Refused(Reason.NO_SLOTS);
    }
    if (asked != QemuDevice.ANY_SLOT) {
      if (slots.contains(asked)) {
        throw new Refused(Reason.SLOT_BUSY, asked);
      }
      return asked;
    }
    int lowest = 0;
    while (slots.contains(lowest)) {
      lowest++;
    }
    if (lowest == count) {
      throw new Refused(Reason.NO_FREE_SLOT);
    }
    return lowest;
  }

  private static void requireGuestSize(QemuDevice device) throws Refused {
    if (device.guestSize() == 0) {
      throw new Refused(
          Reason.BACKEND_TOO_SMALL,
          device.memdev(),
          device.size(),
          device.labelSize(),
          device.alignment());
    }
  }

  private long place(QemuDevice device) throws Refused {
    if (region == null) {
      throw new Refused(
          config.machine().qemu().isFrom(QemuVersion.V10_0)
              ? Reason.DEVICES_UNPREPARED
              : Reason.DEVICES_NOT_ENABLED);
    }
    long size = device.guestSize();
    long budget = config.maxMemory() - config.roundedRam();
    if (size > budget - used) {
      throw new Refused(Reason.OVER_BUDGET, used, budget);
    }
    long align = step(device);
    boolean sizeFirst = config.machine().qemu().isFrom(QemuVersion.V10_0);
    if (sizeFirst && size % align != 0) {
      throw new Refused(Reason.SIZE_UNALIGNED, align);
    }
    if (region.start() % align != 0) {
      warnings.add(
          new QemuWarning(
              QemuWarning.Kind.ALIGNMENT_FRAGMENTS,
              ("-device %s: warning: the alignment (0x%x) exceeds the expected maximum alignment,"
                      + " memory will get fragmented and not all 'maxmem' might be usable for"
                      + " memory devices.")
                  .formatted(device.argument(), align)));
    }
    if (device.address() % align != 0) {
      throw new Refused(Reason.ADDRESS_UNALIGNED, align);
    }
    if (size % align != 0) {
      throw new Refused(Reason.SIZE_UNALIGNED, align);
    }
    return device.address() == 0 ? firstFit(size, align) : fixed(device);
  }

  /** What the device's address and size must be multiples of. */
  private long step(QemuDevice device) {
    boolean byPage =
        config.machine().has(QemuMachine.Quirk.DIMMS_BY_PAGE)
            && device.kind() != QemuDevice.Kind.VIRTIO_PMEM;
    return byPage ? QemuDevice.PAGE : device.alignment();
  }

  private long fixed(QemuDevice device) throws Refused {
    long start = device.address();
    ByteRange range = new ByteRange(start, start + device.guestSize());
    if (region == null || !region.contains(range)) {
      throw new Refused(
          Reason.OUT_OF_REGION,
          start,
          range.size(),
          region == null ? 0 : region.start(),
          region == null ? 0 : region.size());
    }
    for (Placed other : byAddress) {
      if (other.range().overlaps(range)) {
        throw new Refused(Reason.ADDRESS_TAKEN, other.device().id());
      }
    }
    return start;
  }

  private long firstFit(long size, long align) throws Refused {
    long start = region == null ? 0 : ByteRange.roundUp(region.start(), align);
    for (Placed other : byAddress) {
      if (other.start() < start + size && start < other.end()) {
        start = ByteRange.roundUp(other.end(), align);
      }
    }
    if (region == null || start + size > region.end()) {
      throw new Refused(Reason.FRAGMENTED);
    }
    return start;
  }
}
