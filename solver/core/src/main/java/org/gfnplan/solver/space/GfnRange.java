package org.gfnplan.solver.space;

import org.jspecify.annotations.Nullable;

/**
 * A half-open run of guest frame numbers, {@code [start, end)}, never empty.
 *
 * <p>Invariant: {@code 0 <= start < end <= Gfn.LIMIT}. "No range" is an absent range, not an empty
 * one. Tables with inclusive ends (ACPI DMAR, e820 dumps) are converted where they are read.
 *
 * @param start the first gfn
 * @param end one past the last gfn
 */
public record GfnRange(long start, long end) implements Comparable<GfnRange> {
  public GfnRange {
    if (start < 0 || start >= end || end > Gfn.LIMIT) {
      throw new IllegalArgumentException(
          "gfn range must satisfy 0 <= start < end <= 0x%x: start=0x%x end=0x%x"
              .formatted(Gfn.LIMIT, start, end));
    }
  }

  /** The range of {@code length} frames that begins at {@code start}. */
  public static GfnRange at(long start, long length) {
    return new GfnRange(start, Math.addExact(start, length));
  }

  /** The range that covers every frame touched by the bytes {@code [startByte, endByte)}. */
  public static GfnRange coveringBytes(long startByte, long endByte) {
    return new GfnRange(Gfn.floor(startByte), Gfn.ceil(endByte));
  }

  /** Frames in this range. */
  public long length() {
    return end - start;
  }

  /** Whether a frame lies in both ranges; ranges that only touch do not overlap. */
  public boolean overlaps(GfnRange other) {
    return start < other.end && other.start < end;
  }

  /** Whether every frame of {@code other} lies in this range. */
  public boolean contains(GfnRange other) {
    return start <= other.start && other.end <= end;
  }

  /** Whether {@code gfn} lies in this range. */
  public boolean contains(long gfn) {
    return start <= gfn && gfn < end;
  }

  /** The frames in both ranges, or null when they do not overlap. */
  public @Nullable GfnRange intersection(GfnRange other) {
    return overlaps(other)
        ? new GfnRange(Math.max(start, other.start), Math.min(end, other.end))
        : null;
  }

  /** Orders by start, then by end. */
  @Override
  public int compareTo(GfnRange other) {
    int byStart = Long.compare(start, other.start);
    return byStart != 0 ? byStart : Long.compare(end, other.end);
  }

  /** The range in hex, half open: {@code 0xac6d3..0xac6e7}. */
  @Override
  public String toString() {
    return "0x%x..0x%x".formatted(start, end);
  }
}
