package org.gfnplan.models.platform.qemu;

/**
 * Something QEMU warns about and then does.
 *
 * @param kind what it is about
 * @param text the line QEMU prints
 */
public record QemuWarning(Kind kind, String text) {
  /** What a warning is about. */
  public enum Kind {
    /** The machine type will be removed. */
    DEPRECATED_MACHINE,
    /** Low RAM was asked to end below 1 MiB. */
    LOW_RAM_UNDER_1_MIB,
    /** Low RAM does not end on a GiB. */
    LOW_RAM_NOT_GIGABYTES,
    /** A memory device is aligned to more than the region is. */
    ALIGNMENT_FRAGMENTS,
    /** A network card has no peer. */
    NO_PEER,
    /** An old machine type does not know a firmware file. */
    UNKNOWN_FIRMWARE_FILE,
    /** The ACPI tables are larger than old versions could migrate. */
    LARGE_ACPI_TABLES
  }

  static QemuWarning of(Kind kind, String text) {
    return new QemuWarning(kind, "warning: " + text);
  }
}
