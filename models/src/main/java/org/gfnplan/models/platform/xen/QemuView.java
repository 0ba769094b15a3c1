package org.gfnplan.models.platform.xen;

/**
 * Where QEMU's xenfv machine believes RAM to lie: below 4 GiB and above it, in bytes.
 *
 * <p>Restates {@code xen_ram_init} (hw/i386/xen/xen-hvm.c) and what libxl passes to it: {@code -m}
 * in whole MiB, and {@code max-ram-below-4g} only when {@code mmio_hole} is set.
 *
 * @param below bytes of RAM below 4 GiB, from 0
 * @param above bytes of RAM from 4 GiB
 */
public record QemuView(long below, long above) {
  /** QEMU places the frames it makes for itself at steps of this many bytes (physmem.c). */
  static final long BLOCK = 256 * XenLayout.KIB;

  private static final long VGA_ROM = 64 * XenLayout.KIB;

  /** Bytes that QEMU makes for video memory and its option ROM, right after RAM. */
  static long ownBytes(long videoKib) {
    return videoKib == 0 ? 0 : roundUp(videoKib * XenLayout.KIB) + VGA_ROM;
  }

  /** Where those start. */
  long ownStart() {
    return roundUp(above == 0 ? below : XenLayout.FOUR_GIB + above);
  }

  private static long roundUp(long bytes) {
    return (bytes + BLOCK - 1) & -BLOCK;
  }

  /** What QEMU makes of the settings that libxl passes on. */
  public static QemuView of(BuilderRequest request) {
    long ramKib = request.memoryKib() - request.videoKib();
    long ram = (ramKib + 1023) / 1024 * XenLayout.MIB;
    long told = XenLayout.FOUR_GIB - request.mmioHoleMib() * XenLayout.MIB;
    long limit =
        request.mmioHoleMib() != 0 && told <= XenLayout.HVM_LOW_RAM_LIMIT
            ? told
            : XenLayout.HVM_LOW_RAM_LIMIT;
    long below = Math.min(ram, limit);
    return new QemuView(below, ram - below);
  }

  /** Whether the builder put RAM where QEMU believes it to be. */
  public boolean agreesWith(BuilderResult built) {
    long high = built.highmemEnd() == 0 ? 0 : built.highmemEnd() - XenLayout.FOUR_GIB;
    return below == built.lowmemEnd() && above == high;
  }
}
