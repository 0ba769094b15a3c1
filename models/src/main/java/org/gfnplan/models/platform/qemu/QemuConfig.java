package org.gfnplan.models.platform.qemu;

import java.util.List;

/**
 * What QEMU is asked for, as far as it decides where memory lies; every size in bytes.
 *
 * @param machine the machine type
 * @param cpu the vCPU model
 * @param ram {@code -m}
 * @param maxRamBelow4g {@code max-ram-below-4g}, 0 for not given
 * @param maxMemory {@code maxmem}, 0 for not given
 * @param slots {@code slots}, 0 for not given
 * @param hole64Size {@code pci-hole64-size}, {@link #UNASKED} for not given
 * @param nvdimm {@code nvdimm=on}
 * @param devices memory devices in the order of the command line
 * @param cards PCI cards in the order of the command line, after the memory devices
 */
public record QemuConfig(
    QemuMachine machine,
    QemuCpu cpu,
    long ram,
    long maxRamBelow4g,
    long maxMemory,
    int slots,
    long hole64Size,
    boolean nvdimm,
    List<QemuDevice> devices,
    List<QemuCard> cards) {
  /** The hole's size when nothing is asked. */
  public static final long UNASKED = -1;

  /** Sizes and addresses above this are not taken: their sums still fit a {@code long}. */
  public static final long MOST_BYTES = 1L << 56;

  /** The least RAM that is taken: less than the legacy area is no PC. */
  public static final long LEAST_RAM = 1L << 20;

  public QemuConfig {
    devices = List.copyOf(devices);
    cards = List.copyOf(cards);
    check("ram", ram, LEAST_RAM);
    check("maxRamBelow4g", maxRamBelow4g, 0);
    check("maxMemory", maxMemory, 0);
    check("slots", slots, 0);
    check("hole64Size", hole64Size, UNASKED);
    if (machine.board() == QemuMachine.Board.XEN
        && maxRamBelow4g != 0
        && maxRamBelow4g < LEAST_RAM) {
      throw new IllegalArgumentException(
          "maxRamBelow4g must be 0 or at least 1 MiB under Xen: maxRamBelow4g=" + maxRamBelow4g);
    }
  }

  private static void check(String name, long value, long least) {
    if (value < least || value > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s must be in %d..2^56: %s=%d".formatted(name, least, name, value));
    }
  }

  /** A machine with that much RAM and nothing else asked. */
  public static QemuConfig of(QemuMachine machine, long ram) {
    QemuCpu cpu =
        switch (machine.board()) {
          case ISA -> QemuCpu.of("486");
          case XEN -> QemuCpu.of("qemu32");
          default -> QemuCpu.of("qemu64");
        };
    return new QemuConfig(machine, cpu, ram, 0, 0, 0, UNASKED, false, List.of(), List.of());
  }

  /** The same with another end of low RAM asked for. */
  public QemuConfig withMaxRamBelow4g(long bytes) {
    return new QemuConfig(
        machine, cpu, ram, bytes, maxMemory, slots, hole64Size, nvdimm, devices, cards);
  }

  /** The same with another size of the 64-bit PCI hole. */
  public QemuConfig withHole64Size(long bytes) {
    return new QemuConfig(
        machine, cpu, ram, maxRamBelow4g, maxMemory, slots, bytes, nvdimm, devices, cards);
  }

  /** The same with another vCPU. */
  public QemuConfig withCpu(QemuCpu other) {
    return new QemuConfig(
        machine, other, ram, maxRamBelow4g, maxMemory, slots, hole64Size, nvdimm, devices, cards);
  }

  /** The same with memory devices, and room for them. */
  public QemuConfig withDevices(long maximum, int slotCount, List<QemuDevice> list) {
    boolean persistent = list.stream().anyMatch(x -> x.kind() == QemuDevice.Kind.NVDIMM);
    return new QemuConfig(
        machine, cpu, ram, maxRamBelow4g, maximum, slotCount, hole64Size, persistent, list, cards);
  }

  /** The same with PCI cards. */
  public QemuConfig withCards(List<QemuCard> list) {
    return new QemuConfig(
        machine, cpu, ram, maxRamBelow4g, maxMemory, slots, hole64Size, nvdimm, devices, list);
  }

  /** RAM as QEMU takes it: in steps of 8 KiB (hw/core/machine.c). */
  public long roundedRam() {
    return ByteRange.roundUp(ram, 8192);
  }

  /** Address bits of the vCPU. */
  public int physicalBits() {
    return cpu.physicalBits(machine.qemu());
  }

  /** Bytes of the 64-bit PCI hole that QEMU keeps; 0 without PCI. */
  public long hole64() {
    if (!machine.board().hasPci()) {
      return 0;
    }
    return hole64Size == UNASKED ? machine.board().hole64Default() : hole64Size;
  }
}
