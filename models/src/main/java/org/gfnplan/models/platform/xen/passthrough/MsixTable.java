package org.gfnplan.models.platform.xen.passthrough;

import org.gfnplan.models.platform.qemu.ByteRange;

/**
 * Where a device has its MSI-X table, which QEMU keeps for itself in whole pages ({@code
 * xen_pt_msix_init}, hw/xen/xen_pt_msi.c).
 *
 * @param bar the index of the register
 * @param offset where in the register, in bytes
 * @param entries how many vectors of 16 bytes
 */
public record MsixTable(int bar, long offset, int entries) {
  private static final long PAGE = 4096;

  /** As offsets in the register. */
  ByteRange kept() {
    long bytes = (entries * 16L + PAGE - 1) / PAGE * PAGE;
    return new ByteRange(offset, offset + bytes);
  }
}
