package org.gfnplan.models.platform.qemu;

import org.gfnplan.models.platform.qemu.QemuMachine.Board;
import org.gfnplan.models.platform.qemu.QemuMachine.Quirk;

/** How large the ACPI tables are that QEMU makes when NVDIMMs are on and slots are many. */
final class AcpiTables {
  /*
   * Measured with QEMU 7.2.22 on every versioned machine, 116 to 256 slots, up to 3 NVDIMMs: each
   * slot is a device in the DSDT and one below NVDR in the SSDT, each NVDIMM three structures in
   * the NFIT and an entry in the SRAT. Without NVDIMMs even 256 slots stay below the limit. The
   * sizes hold for slot numbers that AML writes in one byte; below some 110 slots, where they no
   * longer do, the tables are small enough not to matter. 10.0 has no such warning.
   */

  /** ACPI_BUILD_TABLE_SIZE / 2 (acpi-build.c): QEMU warns above it. */
  static final long MIGRATABLE = 65536;

  private static final long FIXED = 4770;
  private static final long Q35_MORE = 4354;
  private static final long CPU_TABLES = 623;
  private static final long PCI_HOTPLUG = 498;
  private static final long SRAT = 240;
  private static final long SRAT_ENTRY = 40;
  private static final long SLOT = 517;

  /** Slot 256 is the handle of the last NVDIMM, a number of two bytes. */
  private static final long LAST_SLOT_MORE = 6;

  /** The word of the 64-bit window in _CRS (acpi-build.c), which an empty window has not. */
  private static final long WINDOW = 46;

  private static final long NFIT = 44;
  private static final long NFIT_ENTRY = 184;

  private AcpiTables() {}

  /**
   * Bytes of the tables that 7.2 makes, or 0 where they are below {@link #MIGRATABLE} for certain.
   */
  static long bytes(QemuConfig config) {
    QemuMachine machine = config.machine();
    if (machine.qemu() != QemuVersion.V7_2 || !machine.hasDeviceMemory() || !config.nvdimm()) {
      return 0;
    }
    long ram = config.roundedRam();
    boolean high = ram > machine.lowRamEnd(ram, config.maxRamBelow4g());
    long nvdimms =
        config.devices().stream().filter(one -> one.kind() == QemuDevice.Kind.NVDIMM).count();
    long bytes = FIXED + SLOT * config.slots() + (config.slots() == 256 ? LAST_SLOT_MORE : 0);
    // A window that is not reported, [0, 0), is taken for the whole space (range_set_bounds1).
    boolean empty = config.hole64() == 0 && !machine.has(Quirk.HOLE64_UNREPORTED);
    bytes -= empty ? WINDOW : 0;
    bytes += nvdimms == 0 ? 0 : NFIT + nvdimms * NFIT_ENTRY;
    bytes += machine.has(Quirk.OLD_CPU_TABLES) ? 0 : CPU_TABLES;
    if (!machine.has(Quirk.NO_SRAT)) {
      bytes += SRAT + (nvdimms + (high ? 1 : 0)) * SRAT_ENTRY;
    }
    if (machine.board() == Board.Q35) {
      bytes += Q35_MORE + (machine.has(Quirk.NO_ACPI_PCI_HOTPLUG) ? 0 : PCI_HOTPLUG);
    }
    long pmems =
        config.devices().size() - config.devices().stream().filter(QemuDevice::hasSlot).count();
    bytes += pmems * QemuCard.PCI_ACPI;
    return bytes + config.cards().stream().mapToLong(QemuCard::acpiBytes).sum();
  }
}
