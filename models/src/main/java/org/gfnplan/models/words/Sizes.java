package org.gfnplan.models.words;

import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** How reports write addresses and sizes: bytes in hex, half open, with binary units. */
public final class Sizes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Sizes() {}

  /** A size in the largest unit that divides it: {@code 72 MiB}. */
  public static String size(long bytes) {
    int unit = 0;
    long amount = bytes;
    while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + " " + UNITS[unit];
  }

  /** A byte address: {@code 0x7b800000}. */
  public static String address(long bytes) {
    return "0x" + Long.toHexString(bytes);
  }

  /** A range of bytes with its size: {@code 0xed000..0xf0000 (12 KiB)}. */
  public static String range(long startByte, long endByte) {
    return "%s..%s (%s)".formatted(address(startByte), address(endByte), size(endByte - startByte));
  }

  /** A range of frames in bytes, with its size. */
  public static String range(GfnRange range) {
    return range(Gfn.toBytes(range.start()), Gfn.toBytes(range.end()));
  }
}
