package org.gfnplan.models.platform.xen.passthrough;

import java.util.List;
import org.gfnplan.models.platform.qemu.ByteRange;

/**
 * A memory register as QEMU decodes it.
 *
 * @param index 0 to 6, as in {@link org.gfnplan.models.pci.Bar}
 * @param startByte where the guest has it
 * @param bytes how much it decodes
 * @param hostByte where the host has it, {@link #ANYWHERE} when that is not known, or {@link
 *     #EMULATED}
 * @param kept parts that QEMU keeps for itself, as offsets: an MSI-X table
 */
public record Window(int index, long startByte, long bytes, long hostByte, List<ByteRange> kept) {
  /** The host address of a register that QEMU emulates. */
  public static final long EMULATED = -1;

  /** The host address of an assigned device's register when no source tells it. */
  public static final long ANYWHERE = -2;

  public Window {
    if (startByte < 0 || bytes <= 0 || startByte + bytes < 0) {
      throw new IllegalArgumentException(
          "a window must be a run of bytes: start=0x%x bytes=0x%x".formatted(startByte, bytes));
    }
    kept = List.copyOf(kept);
  }

  /** One past the last byte. */
  long endByte() {
    return startByte + bytes;
  }

  boolean isAssigned() {
    return hostByte != EMULATED;
  }
}
