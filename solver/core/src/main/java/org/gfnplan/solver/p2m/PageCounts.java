package org.gfnplan.solver.p2m;

/**
 * How many pages of each size a map takes when each is as large as addresses allow.
 *
 * @param small pages of 1 frame, 4 KiB
 * @param large pages of 512 frames, 2 MiB
 * @param huge pages of 2^18 frames, 1 GiB
 */
public record PageCounts(long small, long large, long huge) {
  /** No page. */
  public static final PageCounts NONE = new PageCounts(0, 0, 0);

  static final int LARGE_ORDER = 9;
  static final int HUGE_ORDER = 18;

  /** The largest page that an extent may be mapped with, as a power of two of frames. */
  static int order(long start, long mfn, P2mType type) {
    int order = mfn == Extent.ANYWHERE ? HUGE_ORDER : Long.numberOfTrailingZeros(mfn - start);
    return Math.min(order, type.largestOrder());
  }

  /** Aligned runs of 512 frames that may be mapped as one page or are part of one. */
  static long larges(long start, long end, int order) {
    return order < LARGE_ORDER ? 0 : blocks(start, end, LARGE_ORDER);
  }

  /** Aligned runs of 2^18 frames that may be mapped as one page. */
  static long huges(long start, long end, int order) {
    return order < HUGE_ORDER ? 0 : blocks(start, end, HUGE_ORDER);
  }

  /** Aligned blocks of {@code 2^order} frames in {@code [start, end)}. */
  private static long blocks(long start, long end, int order) {
    long first = (start + (1L << order) - 1) >> order;
    return Math.max(0, (end >> order) - first);
  }
}
