package org.gfnplan.models.platform.xen.hvmloader;

/** How the two sides of a comparison are spelled, so that a failure reads as text. */
final class LabText {
  private LabText() {}

  /** A register without its name. */
  static String register(int devfn, int offset, long size, long address) {
    return "%02x %02x 0x%x 0x%x".formatted(devfn, offset, size, address);
  }

  /** A call that maps host frames for a guest, or takes them away. */
  static String mapping(String kind, long start, long end, long host) {
    return "%s 0x%x..0x%x 0x%x".formatted(kind, start, end, host);
  }

  /** A half-open range of bytes. */
  static String range(long start, long end) {
    return "[0x%x, 0x%x)".formatted(start, end);
  }
}
