package org.gfnplan.models.platform.qemu;

/**
 * A half-open run of guest byte addresses, {@code [start, end)}, never empty.
 *
 * @param start the first byte
 * @param end one past the last byte
 */
public record ByteRange(long start, long end) {
  public ByteRange {
    if (start < 0 || start >= end) {
      throw new IllegalArgumentException(
          "byte range must satisfy 0 <= start < end: start=0x%x end=0x%x".formatted(start, end));
    }
  }

  /** Bytes in the range. */
  public long size() {
    return end - start;
  }

  /** Whether both hold some byte. */
  public boolean overlaps(ByteRange other) {
    return start < other.end && other.start < end;
  }

  /** Whether every byte of {@code other} is in this range. */
  public boolean contains(ByteRange other) {
    return start <= other.start && other.end <= end;
  }

  static long roundDown(long bytes, long step) {
    return bytes - bytes % step;
  }

  static long roundUp(long bytes, long step) {
    return roundDown(Math.addExact(bytes, step - 1), step);
  }
}
