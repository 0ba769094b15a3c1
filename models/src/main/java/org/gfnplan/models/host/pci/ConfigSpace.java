package org.gfnplan.models.host.pci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration space of a function: 64 bytes when a user without rights read it, else 256 or
 * 4096.
 */
final class ConfigSpace {
  /*
   * Extended capabilities start at 0x100, each with {id u16, version and offset of the next u16}.
   * Resizable BAR is id 0x15: pairs {capability u32, control u32}. Capability bits 4..31 are 1 MiB
   * to 128 TiB, control bits 0..2 the register, bits 5..7 (of the first pair) the number of pairs.
   */
  private static final int HEADER = 64;
  private static final int EXTENDED = 0x100;
  private static final int RESIZABLE_BAR = 0x15;
  private static final int MOST_BARS = 6;

  private final ByteBuffer bytes;

  /** The bytes that are there; any number. */
  ConfigSpace(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Class, vendor and device, {@code [0300] 8086:9a49}; null when the header is not there. */
  @Nullable String description() {
    return bytes.limit() < HEADER ? null : "[%04x] %04x:%04x".formatted(u16(10), u16(0), u16(2));
  }

  /** The sizes that registers can be set to, by index. */
  Map<Integer, List<Long>> resizable() {
    Map<Integer, List<Long>> sizes = new TreeMap<>();
    Set<Integer> seen = new HashSet<>();
    int at = EXTENDED;
    while (at >= EXTENDED && at + 4 <= bytes.limit() && seen.add(at)) {
      int header = bytes.getInt(at);
      if ((header & 0xffff) == RESIZABLE_BAR) {
        addResizable(at, sizes);
      }
      at = header >>> 20 & 0xffc;
    }
    return sizes;
  }

  private void addResizable(int capability, Map<Integer, List<Long>> sizes) {
    int count = 1;
    for (int i = 0; i < count; i++) {
      int at = capability + 4 + 8 * i;
      if (at + 8 > bytes.limit()) {
        return;
      }
      int control = bytes.getInt(at + 4);
      if (i == 0) {
        count = Math.min(MOST_BARS, control >>> 5 & 7);
      }
      int bar = control & 7;
      if (bar < MOST_BARS) {
        sizes.put(bar, sizes(bytes.getInt(at) >>> 4));
      }
    }
  }

  /** The sizes of a mask in which bit 0 stands for 1 MiB, ascending. */
  static List<Long> sizes(long mask) {
    List<Long> sizes = new ArrayList<>();
    for (int bit = 0; bit < 43; bit++) {
      if ((mask >>> bit & 1) != 0) {
        sizes.add(1L << (20 + bit));
      }
    }
    return sizes;
  }

  private int u16(int offset) {
    return bytes.getShort(offset) & 0xffff;
  }
}
