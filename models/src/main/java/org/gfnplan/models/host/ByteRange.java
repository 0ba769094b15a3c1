package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.List;

/**
 * A run of host physical bytes, {@code [startByte, endByte)}, never empty.
 *
 * <p>Invariant: {@code 0 <= startByte < endByte <= 2^52}.
 */
public record ByteRange(long startByte, long endByte) implements Comparable<ByteRange> {
  /** One past the last byte that any host can address. */
  public static final long LIMIT = 1L << 52;

  private static final Comparator<ByteRange> ORDER =
      Comparator.comparingLong(ByteRange::startByte).thenComparingLong(ByteRange::endByte);

  public ByteRange {
    if (startByte < 0 || startByte >= endByte || endByte > LIMIT) {
      throw new IllegalArgumentException(
          "byte range must satisfy 0 <= start < end <= 0x%x: start=0x%x end=0x%x"
              .formatted(LIMIT, startByte, endByte));
    }
  }

  /** How many bytes it holds. */
  public long bytes() {
    return endByte - startByte;
  }

  /** Whether a byte is in both. */
  public boolean overlaps(ByteRange other) {
    return startByte < other.endByte && other.startByte < endByte;
  }

  /** Bytes of all {@code ranges} together, those in several counted several times. */
  public static long sum(List<ByteRange> ranges) {
    return ranges.stream().mapToLong(ByteRange::bytes).sum();
  }

  /** Orders by start, then end. */
  @Override
  public int compareTo(ByteRange other) {
    return ORDER.compare(this, other);
  }

  /** {@code 0x7b800000..0x80000000}. */
  @Override
  public String toString() {
    return "0x%x..0x%x".formatted(startByte, endByte);
  }
}
