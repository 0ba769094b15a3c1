package org.gfnplan.solver.space;

/** Limits and arithmetic of guest frame numbers, which are plain non-negative {@code long}s. */
public final class Gfn {
  /** Bits in the offset within a frame: a frame is 4 KiB. */
  public static final int SHIFT = 12;

  /** Bytes in a frame. */
  public static final long BYTES = 1L << SHIFT;

  /** One past the largest gfn: 2^40 frames, which is 52 physical address bits. */
  public static final long LIMIT = 1L << 40;

  private Gfn() {}

  /** The byte address of the first byte of a frame. */
  public static long toBytes(long gfn) {
    return gfn << SHIFT;
  }

  /** The frame that holds a byte address: rounds down. The address is taken as unsigned. */
  public static long floor(long bytes) {
    return bytes >>> SHIFT;
  }

  /** The first frame at or after a byte address: rounds up. The address is taken as unsigned. */
  public static long ceil(long bytes) {
    return (bytes >>> SHIFT) + ((bytes & (BYTES - 1)) == 0 ? 0 : 1);
  }

  /** Rounds a gfn down to a multiple of {@code step}. */
  public static long roundDown(long gfn, long step) {
    return gfn - Math.floorMod(gfn, step);
  }

  /** Rounds a gfn up to a multiple of {@code step}. */
  public static long roundUp(long gfn, long step) {
    return Math.addExact(gfn, Math.floorMod(-gfn, step));
  }
}
