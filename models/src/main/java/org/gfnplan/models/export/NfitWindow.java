package org.gfnplan.models.export;

import org.gfnplan.solver.space.Gfn;

/**
 * Persistent memory as a guest sees it. Its label area is not part of it: a guest reaches that by
 * {@code _DSM} and not by address.
 *
 * @param startByte the first byte
 * @param bytes how many, at least one
 * @param slot its slot, from 0 to 255
 * @param node its NUMA node, 0 without NUMA
 * @param unarmed whether writes to it may be lost ({@code unarmed=on})
 */
public record NfitWindow(long startByte, long bytes, int slot, int node, boolean unarmed) {
  /** The most slots that QEMU takes (pc.c). */
  public static final int MOST_SLOTS = 256;

  private static final long LIMIT = Gfn.toBytes(Gfn.LIMIT);

  public NfitWindow {
    if (startByte < 0 || bytes < 1 || startByte > LIMIT - bytes) {
      throw new IllegalArgumentException(
          "a window must lie within 52 address bits: startByte=0x%x bytes=0x%x"
              .formatted(startByte, bytes));
    }
    if (slot < 0 || slot >= MOST_SLOTS || node < 0) {
      throw new IllegalArgumentException(
          "slot must be in 0..255 and node not negative: slot=%d node=%d".formatted(slot, node));
    }
  }
}
