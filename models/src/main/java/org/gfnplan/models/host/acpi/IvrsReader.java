package org.gfnplan.models.host.acpi;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable.Problems;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of an IVRS table. */
final class IvrsReader {
  /*
   * The table is a header and a list of blocks {type u8, flags u8, length u16, ...}. An IVHD block
   * ends with device entries, whose length follows from their type. Tables in the field hold blocks
   * that no specification describes; their length is right.
   */
  private static final int FIRST_BLOCK = 48;
  private static final int IVMD_BYTES = 32;

  private final AcpiTable table;
  private final Problems problems;
  private final List<Ivrs.Ivhd> ivhds = new ArrayList<>();
  private final List<Ivrs.Ivmd> ivmds = new ArrayList<>();
  private final List<UnknownStructure> unknown = new ArrayList<>();

  private IvrsReader(AcpiTable table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  /** What the table says, or null when its header is broken. */
  static @Nullable Ivrs read(AcpiTable table, Problems problems) {
    if (!table.isWhole(problems)) {
      return null;
    }
    if (table.size() < FIRST_BLOCK) {
      problems.add(
          AcpiTable.HEADER_BYTES,
          "IVRS table ends after %d bytes, before its first block at %d"
              .formatted(table.size(), FIRST_BLOCK));
      return null;
    }
    IvrsReader reader = new IvrsReader(table, problems);
    reader.readBlocks();
    return new Ivrs(table.header(), table.u32(36), reader.ivhds, reader.ivmds, reader.unknown);
  }

  private void readBlocks() {
    int at = FIRST_BLOCK;
    while (at < table.size()) {
      int left = table.size() - at;
      if (left < 4) {
        problems.add(at, "IVRS table ends with %d bytes that are no block".formatted(left));
        return;
      }
      int type = table.u8(at);
      int length = table.u16(at + 2);
      if (length < 4 || length > left) {
        problems.add(
            at,
            "IVRS block of type 0x%02x says it is %d bytes long, %d bytes are left"
                .formatted(type, length, left));
        return;
      }
      readBlock(type, at, length);
      at += length;
    }
  }

  private void readBlock(int type, int at, int length) {
    int least = leastLength(type);
    if (length < least) {
      problems.add(
          at,
          "IVRS block of type 0x%02x says it is %d bytes long, it has at least %d"
              .formatted(type, length, least));
      return;
    }
    switch (type) {
      case 0x10, 0x11, 0x40 ->
          ivhds.add(
              new Ivrs.Ivhd(
                  at,
                  type,
                  table.u8(at + 1),
                  table.u16(at + 4),
                  table.u16(at + 6),
                  table.u64(at + 8),
                  table.u16(at + 16),
                  entries(at + least, at + length)));
      case 0x20, 0x21, 0x22 ->
          ivmds.add(
              new Ivrs.Ivmd(
                  at,
                  type,
                  table.u8(at + 1),
                  table.u16(at + 4),
                  table.u16(at + 6),
                  table.u16(at + 8),
                  table.u64(at + 16),
                  table.u64(at + 24)));
      default -> unknown.add(new UnknownStructure(at, type, length));
    }
  }

  private static int leastLength(int type) {
    return switch (type) {
      case 0x10 -> 24;
      case 0x11, 0x40 -> 40;
      case 0x20, 0x21, 0x22 -> IVMD_BYTES;
      default -> 4;
    };
  }

  private List<Ivrs.Entry> entries(int from, int end) {
    List<Ivrs.Entry> entries = new ArrayList<>();
    int at = from;
    while (at < end) {
      int type = table.u8(at);
      int length = entryLength(type, at, end);
      if (length > end - at) {
        problems.add(
            at,
            "IVHD entry of type 0x%02x is %d bytes long, %d bytes are left"
                .formatted(type, length, end - at));
        return entries;
      }
      entries.add(new Ivrs.Entry(at, type, length));
      at += length;
    }
    return entries;
  }

  private int entryLength(int type, int at, int end) {
    int fixed = 22;
    if (type == 0xf0) {
      return at + fixed <= end ? fixed + table.u8(at + fixed - 1) : fixed;
    }
    // The two top bits are the size: 4, 8, 16 or 32 bytes.
    return 4 << (type >> 6);
  }
}
