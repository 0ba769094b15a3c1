package org.gfnplan.models.platform.xen;

/** Addresses that Xen's parties have agreed on, in bytes, each with the file that fixes it. */
public final class XenLayout {
  /** Bytes in a KiB. */
  public static final long KIB = 1L << 10;

  /** Bytes in a MiB. */
  public static final long MIB = 1L << 20;

  /** Where high RAM starts (libxl_dom.c). */
  public static final long FOUR_GIB = 1L << 32;

  /** HVM_BELOW_4G_RAM_END: low RAM of an HVM guest never ends above it (public hvm/e820.h). */
  public static final long HVM_LOW_RAM_LIMIT = 0xf000_0000L;

  /** The end of a PVH guest's low RAM: the ACPI info page (libxl_dom.c, libxl__build_hvm). */
  public static final long PVH_LOW_RAM_LIMIT = 0xfc00_0000L;

  /** Where the toolstack's memory map of an HVM guest starts its low RAM (libxl_x86.c). */
  public static final long HVM_LOW_MAP_START = 0x10_0000L;

  /** The VGA hole, which is not populated in an HVM guest (libxl_internal.h). */
  public static final long VGA_HOLE_START = 0xa_0000L;

  /** The end of the VGA hole (libxl_internal.h). */
  public static final long VGA_HOLE_END = 0xc_0000L;

  /** The end of the legacy area, where the firmware image ends (hvmloader config.h). */
  public static final long LEGACY_END = 0x10_0000L;

  /** RESERVED_MEMBASE: the PCI window ends and firmware pages begin (hvmloader config.h). */
  public static final long RESERVED_MEMBASE = 0xfc00_0000L;

  /** Special pages of the toolstack (xenguest.h, X86_HVM_END_SPECIAL_REGION less 8 pages). */
  public static final long SPECIAL_PAGES_START = 0xfeff_8000L;

  /** The end of the special pages (xenguest.h). */
  public static final long SPECIAL_PAGES_END = 0xff00_0000L;

  /** libxl rounds lowered RAM to this when the guest runs on HAP (libxl_dm.c). */
  public static final long SUPERPAGE = 0x20_0000L;

  private XenLayout() {}
}
