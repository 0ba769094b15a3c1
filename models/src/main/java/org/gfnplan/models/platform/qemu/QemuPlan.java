package org.gfnplan.models.platform.qemu;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.qemu.QemuMachine.Board;
import org.gfnplan.models.platform.qemu.QemuMachine.Quirk;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a guest before its layout: numbers that no layout decides.
 *
 * @param config what QEMU is asked for, with room for the memory devices there are
 * @param ports root ports with what they reserve: as stated, or for what may be plugged in later
 * @param firmware what gives registers addresses
 * @param items what PCI functions need, largest alignment first
 * @param isRelocated whether QEMU moves high RAM to 1 TiB
 * @param firmwareWindow the 64-bit window that OVMF is told or finds by default; 0 for SeaBIOS
 * @param keepLow whether registers that may lie above 4 GiB stay below: SeaBIOS keeps them there
 *     when there is room
 */
record QemuPlan(
    QemuConfig config,
    List<RootPort> ports,
    QemuFirmware firmware,
    List<PciItem> items,
    boolean isRelocated,
    long firmwareWindow,
    boolean keepLow) {
  private static final long GIB = 1L << 30;

  /** PcdPciMmio64Size (OvmfPkg/OvmfPkgX64.dsc): 32 GiB. */
  static final long OVMF_WINDOW = 32 * GIB;

  QemuPlan {
    ports = List.copyOf(ports);
    items = List.copyOf(items);
  }

  /** The plan of a guest whose ports reserve what later devices need, where there is room. */
  static QemuPlan of(Scene scene, QemuTarget target) {
    return PortReserves.chosen(scene, target);
  }

  /** The plan of a guest with ports that reserve that much. */
  static QemuPlan with(List<RootPort> ports, Scene scene, QemuTarget target) {
    Guest guest = scene.guest();
    QemuFirmware firmware = QemuFirmware.of(guest);
    QemuConfig asked = QemuGuest.config(scene, target);
    MemorySlots room = guest.memory().slots();
    QemuConfig config =
        room == null && !guest.pmem().isEmpty()
            ? asked.withDevices(
                QemuGuest.leastMaximum(guest), QemuGuest.leastSlots(guest), asked.devices())
            : asked;
    List<PciItem> items =
        config.machine().board().hasPci() ? PciNeeds.of(scene, firmware, ports) : List.of();
    boolean keepLow = firmware == QemuFirmware.SEABIOS && fitsBelow4g(config, items);
    List<PciItem> wide = items.stream().filter(PciItem::wide).toList();
    long window = firmware == QemuFirmware.OVMF ? ovmfWindow(guest, wide) : 0;
    QemuPlan plan = new QemuPlan(config, ports, firmware, items, false, window, keepLow);
    boolean relocated =
        plan.avoidsAmdHole()
            && plan.plainHoleStart() + plan.estimatedHole64() > QemuMachine.AMD_HOLE_START;
    return new QemuPlan(config, ports, firmware, items, relocated, window, keepLow);
  }

  private static long ovmfWindow(Guest guest, List<PciItem> wide) {
    Stated<Long> stated = guest.machine().firmwareWindow64Bytes();
    if (stated != null) {
      return Math.max(GIB, stated.value());
    }
    long sum = PciNeeds.packedEnd(wide, 0);
    return sum <= OVMF_WINDOW ? OVMF_WINDOW : Long.highestOneBit(sum - 1) << 1;
  }

  private static boolean fitsBelow4g(QemuConfig config, List<PciItem> items) {
    QemuMachine machine = config.machine();
    long lowEnd = machine.lowRamEnd(config.roundedRam(), config.maxRamBelow4g());
    return SeabiosPlacement.fitsBelow4g(
        items, QemuFirmware.SEABIOS.windowStart(machine.board(), lowEnd));
  }

  /** Bytes of RAM, as QEMU rounds them. */
  long ram() {
    return config.roundedRam();
  }

  /** Registers and windows that may lie above 4 GiB, in the order firmware packs them. */
  List<PciItem> wide() {
    if (keepLow) {
      return List.of();
    }
    List<PciItem> all = items.stream().filter(PciItem::wide).toList();
    return firmware == QemuFirmware.SEABIOS ? SeabiosPlacement.runsAboveMemory(all) : all;
  }

  /** Registers and windows that lie below 4 GiB. */
  List<PciItem> narrow() {
    return items.stream().filter(item -> !item.wide() || keepLow).toList();
  }

  /** The window that firmware makes for a port, or null when it makes none. */
  @Nullable PciItem window(RootPort port, boolean prefetchable) {
    String name = PciNeeds.windowName(port, prefetchable);
    return items.stream().filter(item -> item.name().equals(name)).findFirst().orElse(null);
  }

  /** Whether firmware has a 64-bit window of its own, and something to put there. */
  boolean hasFirmwareWindow() {
    return firmwareWindow != 0 && !wide().isEmpty();
  }

  /** Where low RAM ends at the latest when {@code max-ram-below-4g} may be set to anything. */
  long lowCap() {
    QemuMachine machine = config.machine();
    boolean anyEnd = machine.board() == Board.I440FX && machine.has(Quirk.NO_GIGABYTE_RULE);
    long cap =
        anyEnd
            ? QemuMachine.PCI_HOLE_END - QemuDevice.PAGE
            : machine.board() == Board.I440FX
                ? QemuMachine.PC_LOW_RAM_LARGE
                : machine.lowRamCap(ram(), 0);
    return Math.min(ram(), cap);
  }

  /** Whether all RAM may be low though it ends above {@link #lowCap}: only on pc. */
  boolean mayBeAllLow() {
    return config.machine().board() == Board.I440FX
        && ram() > lowCap()
        && ram() < QemuMachine.PCI_HOLE_END;
  }

  /** Where low RAM ends when nothing is asked. */
  long usualLowEnd() {
    return config.machine().lowRamEnd(ram(), 0);
  }

  /** The file that splits RAM. */
  String splitSource() {
    return switch (config.machine().board()) {
      case Q35 -> "hw/i386/pc_q35.c";
      case MICROVM -> "hw/i386/microvm.c";
      default -> "hw/i386/pc_piix.c";
    };
  }

  /** The function that splits RAM. */
  String splitFunction() {
    return switch (config.machine().board()) {
      case Q35 -> "pc_q35_init";
      case MICROVM -> "microvm_memory_init";
      default -> "pc_init1";
    };
  }

  /** Where high RAM starts. */
  long highStart() {
    return isRelocated ? QemuMachine.AMD_HOLE_END : QemuMachine.FOUR_GIB;
  }

  /** Whether QEMU keeps high RAM out of AMD's HyperTransport range. */
  boolean avoidsAmdHole() {
    return config.cpu().amd() && config.machine().avoidsAmdHole();
  }

  /** Bytes of the region of memory devices; 0 without one. */
  long deviceRegion() {
    if (!config.machine().hasDeviceMemory() || config.maxMemory() <= ram()) {
      return 0;
    }
    long gaps = config.machine().has(Quirk.DIMMS_BY_PAGE) ? 0 : config.slots() * GIB;
    return config.maxMemory() - ram() + gaps;
  }

  /** Where low RAM ends if the user or QEMU's default decides. */
  private long expectedLowEnd() {
    return config.machine().lowRamEnd(ram(), config.maxRamBelow4g());
  }

  /** Where memory devices start, low RAM ending where it is expected to. */
  long expectedDeviceStart() {
    return QemuGuest.wholeGib(highStart() + ram() - expectedLowEnd());
  }

  /** Where the 64-bit window starts if high RAM starts at 4 GiB. */
  private long plainHoleStart() {
    long end = QemuMachine.FOUR_GIB + ram() - expectedLowEnd();
    boolean counted = deviceRegion() > 0 && !config.machine().has(Quirk.RESERVED_END_AT_BASE);
    return QemuGuest.wholeGib(counted ? QemuGuest.wholeGib(end) + deviceRegion() : end);
  }

  /** Where the 64-bit window starts, low RAM ending where it is expected to. */
  long expectedHoleStart() {
    return plainHoleStart() + highStart() - QemuMachine.FOUR_GIB;
  }

  /** How large the 64-bit window is stated or has to be, if high RAM starts at 4 GiB. */
  private long estimatedHole64() {
    if (config.hole64Size() != QemuConfig.UNASKED || wide().isEmpty()) {
      return config.hole64();
    }
    long start = plainHoleStart();
    if (firmwareWindow == 0) {
      long end = PciNeeds.packedEnd(wide(), start);
      return Math.max(config.hole64(), QemuGuest.wholeGib(end) - start);
    }
    // OVMF's window need not lie in QEMU's; only a register in AMD's range calls for a larger one.
    long first = ByteRange.roundUp(start, anchor());
    boolean meets =
        first < QemuMachine.AMD_HOLE_END
            && PciNeeds.packedEnd(wide(), first) > QemuMachine.AMD_HOLE_START;
    return Math.max(config.hole64(), meets ? leastHoleToRelocate() : 0);
  }

  /** What OVMF aligns its window to; 0 for SeaBIOS (MemDetect.c, PlatformGetFirstNonAddress). */
  long anchor() {
    return firmwareWindow == 0 ? 0 : Long.highestOneBit(firmwareWindow);
  }

  /** The least size of the window with which QEMU moves high RAM to 1 TiB. */
  long leastHoleToRelocate() {
    long start = mayBeAllLow() ? QemuMachine.FOUR_GIB : plainHoleStart();
    return Math.max(0, QemuMachine.AMD_HOLE_START + 1 - start);
  }

  /** More frames than any window needs: what the widest address has. */
  long mostHole64() {
    return 1L << 40;
  }
}
