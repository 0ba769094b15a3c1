package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames QEMU makes for its own devices under Xen, right after RAM.
 *
 * <p>Each block of memory is populated at the gfn that equals its offset among QEMU's RAM blocks
 * (xen-hvm.c, xen_ram_alloc); offsets are multiples of {@link #STEP} (physmem.c, find_ram_offset).
 */
public final class OwnFrames {
  /** Bytes between the addresses at which a block may start. */
  public static final long STEP = 256L << 10;

  private OwnFrames() {}

  /** Where the first block starts when RAM ends there, in bytes. */
  public static long startAfter(long ramEnd) {
    return ByteRange.roundUp(ramEnd, STEP);
  }

  /** The blocks of these cards, in order, when RAM ends there. */
  public static List<ByteRange> of(List<QemuCard> cards, long ramEnd) {
    List<ByteRange> found = new ArrayList<>();
    long end = ramEnd;
    for (QemuCard card : cards) {
      for (long block : card.blocks()) {
        ByteRange made = new ByteRange(startAfter(end), startAfter(end) + block);
        found.add(made);
        end = made.end();
      }
    }
    return found;
  }
}
