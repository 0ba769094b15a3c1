package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.qemu.QemuMachine.Board;
import org.gfnplan.models.platform.qemu.QemuMachine.Quirk;
import org.gfnplan.models.platform.qemu.QemuRefusal.Reason;
import org.jspecify.annotations.Nullable;

/** Replays how QEMU lays out an x86 guest's memory: no QEMU is asked. */
public final class QemuReplay {
  /*
   * The order is QEMU's own, because the first thing that is wrong is the one it reports: options
   * (hw/core/machine.c), backends (physmem.c), the vCPU, the board (pc.c, pc_memory_init), then
   * devices. The 64-bit hole's end, not RAM's, decides about AMD's range and the address width.
   */
  private static final long GIB = 1L << 30;
  private static final int MOST_SLOTS = 256;

  private final QemuConfig config;
  private final QemuMachine machine;
  private final long ram;
  private final long maxMemory;
  private final long below;
  private final long above;
  private long highStart = QemuMachine.FOUR_GIB;

  private QemuReplay(QemuConfig config) {
    this.config = config;
    machine = config.machine();
    ram = config.roundedRam();
    maxMemory = config.maxMemory() == 0 ? ram : config.maxMemory();
    below = machine.lowRamEnd(ram, config.maxRamBelow4g());
    above = ram - below;
  }

  /** What QEMU makes of the configuration. */
  public static QemuAnswer layout(QemuConfig config) {
    try {
      return new QemuReplay(config).layout();
    } catch (Refused e) {
      return e.refusal();
    }
  }

  private QemuLayout layout() throws Refused {
    if (machine.board() == Board.MICROVM && config.nvdimm()) {
      throw new Refused(Reason.NO_SUCH_OPTION, "microvm", "nvdimm");
    }
    checkMemory();
    checkOptions();
    for (QemuDevice device : config.devices()) {
      checkBackend(device);
    }
    checkCpu();
    if (hasMemoryInit()) {
      checkMemoryInit();
    }
    if (machine.board().hasPci() && below >= QemuMachine.PCI_HOLE_END) {
      throw below == QemuMachine.PCI_HOLE_END
          ? new Refused(Reason.LOW_RAM_AT_IOAPIC, machine.qemu().boundsLine())
          : new Refused(Reason.LOW_RAM_OVER_IOAPIC, machine.qemu().invariantLine());
    }
    if (machine.board() == Board.XEN && (config.nvdimm() || !config.devices().isEmpty())) {
      throw new Refused(Reason.DEVICES_UNDER_XEN);
    }
    ByteRange region = hasRegion() ? region() : null;
    DevicePlacement placement = new DevicePlacement(config, region);
    for (QemuDevice device : config.devices()) {
      placement.add(device);
    }
    return told(region, placement);
  }

  private QemuLayout told(@Nullable ByteRange region, DevicePlacement placement) {
    boolean pci = machine.board().hasPci();
    boolean xen = machine.board() == Board.XEN;
    boolean hole64 = pci && !machine.has(Quirk.HOLE64_UNREPORTED);
    return new QemuLayout(
        below,
        above == 0 ? Optional.empty() : Optional.of(new ByteRange(highStart, highEnd())),
        Optional.ofNullable(region),
        placement.byAddress(),
        pci ? Optional.of(new ByteRange(below, QemuMachine.PCI_HOLE_END)) : Optional.empty(),
        hole64 ? hole64Start() : 0,
        hole64 ? ByteRange.roundUp(hole64Start() + config.hole64(), GIB) : 0,
        region == null ? 0 : ByteRange.roundUp(reservedEnd(region), GIB),
        xen ? List.of() : e820(),
        QemuLayout.Cmos.of(below, above),
        config.physicalBits(),
        xen ? OwnFrames.of(config.cards(), above == 0 ? below : highEnd()) : List.of(),
        QemuWarnings.of(config, placement.warnings()));
  }

  private void checkOptions() throws Refused {
    boolean micro = machine.board() == Board.MICROVM;
    if (micro && config.maxRamBelow4g() != 0) {
      throw new Refused(Reason.NO_SUCH_OPTION, "microvm", "max-ram-below-4g");
    }
    if (config.maxRamBelow4g() > QemuMachine.FOUR_GIB) {
      throw new Refused(Reason.LOW_RAM_LIMIT_OVER_4_GIB, config.maxRamBelow4g());
    }
  }

  private void checkMemory() throws Refused {
    if (maxMemory < ram) {
      throw new Refused(Reason.MAXMEM_UNDER_RAM, maxMemory, ram);
    }
    if (config.slots() > 0 && config.maxMemory() == 0) {
      throw new Refused(Reason.SLOTS_WITHOUT_MAXMEM);
    }
    if (config.slots() > 0 && maxMemory == ram) {
      throw new Refused(Reason.MAXMEM_IS_RAM, maxMemory, ram);
    }
  }

  private void checkBackend(QemuDevice device) throws Refused {
    if (!device.file()) {
      return;
    }
    if (machine.board() == Board.XEN) {
      throw new Refused(Reason.FILE_UNDER_XEN);
    }
    long pages = ByteRange.roundUp(device.size(), QemuDevice.PAGE);
    if (device.size() != pages) {
      String path = machine.has(Quirk.BACKENDS_BY_PATH) ? "/objects/" : "";
      throw machine.qemu().isFrom(QemuVersion.V10_0)
          ? new Refused(Reason.FILE_TOO_SMALL, path + device.memdev(), device.size(), pages)
          : new Refused(Reason.FILE_NOT_PAGES, device.size(), pages);
    }
    if (device.align() % QemuDevice.PAGE != 0) {
      throw new Refused(Reason.ALIGNMENT_NOT_PAGES, device.align(), QemuDevice.PAGE);
    }
    if (Long.bitCount(device.align()) > 1) {
      throw new Refused(Reason.ALIGNMENT_NOT_POWER_OF_TWO, device.align());
    }
  }

  private void checkCpu() throws Refused {
    int asked = config.cpu().askedBits();
    if (asked != 0 && !config.cpu().longMode()) {
      throw new Refused(Reason.BITS_OF_32_BIT_CPU);
    }
    if (asked != 0 && (asked < QemuCpu.LEAST_BITS || asked > QemuCpu.MOST_BITS)) {
      throw new Refused(Reason.BITS_OUT_OF_RANGE, QemuCpu.LEAST_BITS, QemuCpu.MOST_BITS, asked);
    }
  }

  /** Whether the board runs pc_memory_init: neither microvm nor a machine under Xen does. */
  private boolean hasMemoryInit() {
    return machine.board() != Board.MICROVM && machine.board() != Board.XEN;
  }

  private void checkMemoryInit() throws Refused {
    int bits = config.physicalBits();
    if (config.cpu().amd()
        && machine.avoidsAmdHole()
        && highestAddress() >= QemuMachine.AMD_HOLE_START) {
      highStart = QemuMachine.AMD_HOLE_END;
    }
    long limit = (1L << bits) - 1;
    if (limit < highestAddress()) {
      throw new Refused(Reason.ADDRESS_WIDTH, limit, highestAddress(), bits);
    }
    if (!machine.hasDeviceMemory() && (config.slots() > 0 || maxMemory > ram)) {
      throw new Refused(Reason.NO_DEVICE_MEMORY, machine.name());
    }
    if (maxMemory > ram && config.slots() > MOST_SLOTS) {
      throw new Refused(Reason.TOO_MANY_SLOTS, config.slots());
    }
    if (maxMemory % QemuDevice.PAGE != 0) {
      throw new Refused(Reason.MAXMEM_NOT_PAGES, QemuDevice.PAGE);
    }
  }

  private long highEnd() {
    return highStart + above;
  }

  /** The last byte a guest may use (pc.c, pc_max_used_gpa, which 8.2 changed). */
  private long highestAddress() {
    int bits = config.physicalBits();
    boolean since82 = machine.qemu().isFrom(QemuVersion.V10_0);
    if (since82 ? config.cpu().longMode() : bits > 32) {
      return hole64Start() + config.hole64() - 1;
    }
    if (!since82 || machine.has(Quirk.NARROW_UNCHECKED)) {
      return (1L << bits) - 1;
    }
    return (hasRegion() ? region().end() : highEnd()) - 1;
  }

  private boolean hasRegion() {
    return machine.hasDeviceMemory() && maxMemory > ram;
  }

  private ByteRange region() {
    long start = ByteRange.roundUp(highEnd(), GIB);
    long gaps = machine.has(Quirk.DIMMS_BY_PAGE) ? 0 : config.slots() * GIB;
    return new ByteRange(start, start + maxMemory - ram + gaps);
  }

  private long reservedEnd(ByteRange region) {
    return machine.has(Quirk.RESERVED_END_AT_BASE) ? region.start() : region.end();
  }

  private long hole64Start() {
    boolean counted = hasRegion() || (machine.board() == Board.XEN && maxMemory > ram);
    return ByteRange.roundUp(counted ? reservedEnd(region()) : highEnd(), GIB);
  }

  private List<E820Entry> e820() {
    List<E820Entry> found = new ArrayList<>();
    if (hasMemoryInit()
        && config.cpu().amd()
        && machine.avoidsAmdHole()
        && config.physicalBits() >= 40) {
      found.add(
          new E820Entry(QemuMachine.AMD_HOLE_START, QemuMachine.AMD_HOLE_END, E820Entry.RESERVED));
    }
    found.add(new E820Entry(0, below, E820Entry.RAM));
    if (above > 0) {
      found.add(new E820Entry(highStart, highEnd(), E820Entry.RAM));
    }
    return found;
  }
}
