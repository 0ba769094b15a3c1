package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.qemu.QemuMachine.Board;
import org.gfnplan.models.platform.qemu.QemuMachine.Quirk;
import org.gfnplan.models.platform.qemu.QemuWarning.Kind;

/** What QEMU warns about while it starts, in the order it does. */
final class QemuWarnings {
  private static final long GIB = 1L << 30;

  private QemuWarnings() {}

  static List<QemuWarning> of(QemuConfig config, List<QemuWarning> ofDevices) {
    List<QemuWarning> found = new ArrayList<>();
    QemuMachine machine = config.machine();
    long asked = config.maxRamBelow4g();
    if (asked != 0 && asked < 1 << 20) {
      found.add(
          QemuWarning.of(
              Kind.LOW_RAM_UNDER_1_MIB,
              "Only %d bytes of RAM below the 4GiB boundary,BIOS may not work with less than 1MiB"
                  .formatted(asked)));
    }
    if (machine.has(Quirk.DEPRECATED)) {
      found.add(
          QemuWarning.of(
              Kind.DEPRECATED_MACHINE,
              "Machine type '%s' is deprecated: %s"
                  .formatted(machine.name(), machine.qemu().deprecation())));
    }
    addSplit(found, config);
    found.addAll(ofDevices);
    for (QemuCard card : config.cards()) {
      if (!card.id().isEmpty()) {
        found.add(QemuWarning.of(Kind.NO_PEER, "nic %s has no peer".formatted(card.id())));
      }
    }
    if (config.nvdimm() && machine.has(Quirk.LEGACY_FIRMWARE_FILES)) {
      found.add(
          QemuWarning.of(
              Kind.UNKNOWN_FIRMWARE_FILE,
              "Unknown firmware file in legacy mode: etc/acpi/nvdimm-mem"));
    }
    long tables = AcpiTables.bytes(config);
    if (tables > AcpiTables.MIGRATABLE) {
      found.add(
          QemuWarning.of(
              Kind.LARGE_ACPI_TABLES,
              "ACPI table size %d exceeds %d bytes, migration may not work"
                  .formatted(tables, AcpiTables.MIGRATABLE)));
    }
    return found;
  }

  private static void addSplit(List<QemuWarning> found, QemuConfig config) {
    QemuMachine machine = config.machine();
    long ram = config.roundedRam();
    long asked = config.maxRamBelow4g();
    long cap = machine.lowRamCap(ram, asked);
    if (cap % GIB == 0) {
      return;
    }
    if (machine.board() == Board.I440FX && !machine.has(Quirk.NO_GIGABYTE_RULE) && ram >= asked) {
      if (asked != 0) {
        found.add(
            QemuWarning.of(
                Kind.LOW_RAM_NOT_GIGABYTES,
                ("Large machine and max_ram_below_4g (%d) not a multiple of 1G; possible bad"
                        + " performance.")
                    .formatted(asked)));
      }
    }
    // QEMU subtracts without a sign, so a guest with less RAM than the limit is warned as well.
    boolean twice = Long.compareUnsigned(ram - cap, cap) > 0;
    if (machine.board() == Board.Q35 && cap < machine.lowRamCap(ram, 0) && twice) {
      found.add(
          QemuWarning.of(
              Kind.LOW_RAM_NOT_GIGABYTES,
              ("There is possibly poor performance as the ram size  (0x%x) is more then twice the"
                      + " size of max-ram-below-4g (%d) and max-ram-below-4g is not a multiple of"
                      + " 1G.")
                  .formatted(ram, asked)));
    }
  }
}
