package org.gfnplan.models.platform.qemu;

import java.util.List;

/**
 * A PCI card for which QEMU makes memory of its own: video memory, an option ROM.
 *
 * @param id the name of a network card without peer, which QEMU warns about; empty for none
 * @param blocks bytes of each block of memory, in the order QEMU makes them
 * @param acpiBytes what the card adds to the ACPI tables, as measured with QEMU 7.2.22
 */
public record QemuCard(String id, List<Long> blocks, long acpiBytes) {
  /** Bytes of a VGA option ROM. */
  private static final long VGA_ROM = 64L << 10;

  /** Bytes of a network card's boot ROM. */
  private static final long NIC_ROM = 256L << 10;

  /** What a plain PCI device adds to the ACPI tables. */
  static final long PCI_ACPI = 17;

  private static final long VGA_ACPI = 44;

  public QemuCard {
    blocks = List.copyOf(blocks);
  }

  /** The standard video card with that much memory. */
  public static QemuCard vga(long bytes) {
    return new QemuCard("", List.of(bytes, VGA_ROM), VGA_ACPI);
  }

  /** A Cirrus video card with that much memory. */
  public static QemuCard cirrus(long bytes) {
    return new QemuCard("", List.of(bytes, VGA_ROM), PCI_ACPI);
  }

  /** A network card without peer. */
  public static QemuCard network(String id) {
    return new QemuCard(id, List.of(NIC_ROM), PCI_ACPI);
  }
}
