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

  private static final int LARGE_ORDER = 9;
  private static final int HUGE_ORDER = 18;

  /** The pages of one extent. Costs the same for every size. */
  static PageCounts of(Extent extent) {
    int order =
        extent.mfn() == Extent.ANYWHERE
            ? HUGE_ORDER
            : Long.numberOfTrailingZeros(extent.mfn() - extent.range().start());
    order = Math.min(order, extent.type().largestOrder());
    long start = extent.range().start();
    long end = extent.range().end();
    long larges = order < LARGE_ORDER ? 0 : blocks(start, end, LARGE_ORDER);
    long huges = order < HUGE_ORDER ? 0 : blocks(start, end, HUGE_ORDER);
    return new PageCounts(
        end - start - (larges << LARGE_ORDER),
        larges - (huges << (HUGE_ORDER - LARGE_ORDER)),
        huges);
  }

  /** Aligned blocks of {@code 2^order} frames in {@code [start, end)}. */
  private static long blocks(long start, long end, int order) {
    long first = (start + (1L << order) - 1) >> order;
    return Math.max(0, (end >> order) - first);
  }

  PageCounts plus(PageCounts other) {
    return new PageCounts(small + other.small, large + other.large, huge + other.huge);
  }

  PageCounts minus(PageCounts other) {
    return new PageCounts(small - other.small, large - other.large, huge - other.huge);
  }
}
