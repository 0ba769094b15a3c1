package org.gfnplan.models.platform.xen.hvmloader;

import org.gfnplan.models.platform.xen.XenLayout;

/**
 * What hvmloader puts into the guest besides devices.
 *
 * @param imageStart where the BIOS image below 1 MiB starts; reserved from there, in bytes
 * @param acpiPages pages of ACPI tables, 0 to 255
 * @param otherPages further pages made in the hole: the vm86 TSS, and flash
 * @param reservePages pages that Xen still gives to the guest before RAM is taken instead
 */
public record Firmware(long imageStart, int acpiPages, int otherPages, int reservePages) {
  /** The most pages of tables: 1 MiB less the page before them (hvmloader util.c). */
  public static final int MOST_ACPI_PAGES = 255;

  /** Ten pages at 1 and at 4 virtual CPUs. */
  private static final int USUAL_ACPI_PAGES = 10;

  /*
   * A domain may have 1 MiB besides its RAM (libxl_internal.h, LIBXL_MAXMEM_CONSTANT). The VGA
   * hole is counted as RAM but not populated; ioreq server and special pages take 16 of it.
   */
  private static final int USUAL_RESERVE =
      (int) ((XenLayout.MIB + XenLayout.VGA_HOLE_END - XenLayout.VGA_HOLE_START) >> 12) - 16;

  public Firmware {
    if (imageStart < XenLayout.VGA_HOLE_END
        || imageStart >= XenLayout.LEGACY_END
        || acpiPages < 0
        || acpiPages > MOST_ACPI_PAGES
        || otherPages < 0
        || reservePages < 0) {
      throw new IllegalArgumentException(
          "firmware must lie in 0xc0000..0x100000 and have 0..%d ACPI pages: %x %d %d %d"
              .formatted(MOST_ACPI_PAGES, imageStart, acpiPages, otherPages, reservePages));
    }
  }

  /** SeaBIOS with an image of 256 KiB. */
  public static Firmware seabios() {
    return new Firmware(XenLayout.VGA_HOLE_END, USUAL_ACPI_PAGES, 1, USUAL_RESERVE);
  }

  /** OVMF, whose flash image is populated below 4 GiB. */
  public static Firmware ovmf(long flashBytes) {
    int flash = Math.toIntExact((flashBytes + 4095) >> 12);
    return new Firmware(0xf_0000L, USUAL_ACPI_PAGES, 1 + flash, USUAL_RESERVE);
  }

  /** This firmware with another number of pages of tables. */
  public Firmware withAcpiPages(int pages) {
    return new Firmware(imageStart, pages, otherPages, reservePages);
  }

  /** This firmware with another reserve. */
  public Firmware withReserve(int pages) {
    return new Firmware(imageStart, acpiPages, otherPages, pages);
  }

  /** Where the ACPI tables end, in bytes; the info page precedes them. */
  long acpiEnd() {
    return XenLayout.RESERVED_MEMBASE + (1L + acpiPages) * 4096;
  }

  /** Pages that come from the top of the guest's RAM. */
  int stolenPages() {
    return Math.max(0, 1 + acpiPages + otherPages - reservePages);
  }
}
