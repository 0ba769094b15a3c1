package org.gfnplan.models.host.acpi;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The NFIT table: where persistent memory is.
 *
 * @param header the table's header
 * @param ranges system physical address ranges, in the order of the table
 * @param others structures of other kinds
 */
public record Nfit(TableHeader header, List<Spa> ranges, List<UnknownStructure> others) {
  /*
   * The header, four reserved bytes, then structures {type u16, length u16, ...}. A table without
   * any is allowed. Since ACPI 6.4 an address range ends with a location cookie of 8 bytes.
   */
  private static final int FIRST_STRUCTURE = 40;
  private static final int SPA = 0;
  private static final int SPA_BYTES = 56;

  public Nfit {
    ranges = List.copyOf(ranges);
    others = List.copyOf(others);
  }

  /**
   * An address range; numbers are as the table has them.
   *
   * @param offset from the start of the table
   * @param index what other structures call it
   * @param guid what it is for, in the usual text form
   * @param base the first byte, unsigned
   * @param length bytes, unsigned
   */
  public record Spa(int offset, int index, String guid, long base, long length) {}

  /** What the table says, or null when its header is broken. */
  static @Nullable Nfit read(AcpiTable table, Problems problems) {
    if (!table.isWhole(problems)) {
      return null;
    }
    List<Spa> ranges = new ArrayList<>();
    List<UnknownStructure> others = new ArrayList<>();
    if (table.size() < FIRST_STRUCTURE) {
      problems.add(
          AcpiTable.HEADER_BYTES,
          "NFIT table ends after %d bytes, before its first structure at %d"
              .formatted(table.size(), FIRST_STRUCTURE));
      return null;
    }
    for (int at = FIRST_STRUCTURE; at < table.size(); ) {
      int left = table.size() - at;
      int length = left < 4 ? left : table.u16(at + 2);
      int least = left >= 4 && table.u16(at) == SPA ? SPA_BYTES : 4;
      if (length < least || length > left) {
        problems.add(
            at,
            "NFIT structure says it is %d bytes long, at least %d are needed and %d are left"
                .formatted(length, least, left));
        break;
      }
      if (table.u16(at) == SPA) {
        ranges.add(
            new Spa(
                at,
                table.u16(at + 4),
                guid(table, at + 16),
                table.u64(at + 32),
                table.u64(at + 40)));
      } else {
        others.add(new UnknownStructure(at, table.u16(at), length));
      }
      at += length;
    }
    return new Nfit(table.header(), ranges, others);
  }

  /* The first three groups are numbers, the rest are bytes. */
  private static String guid(AcpiTable table, int at) {
    StringBuilder text =
        new StringBuilder(
            "%08x-%04x-%04x-".formatted(table.u32(at), table.u16(at + 4), table.u16(at + 6)));
    for (int i = 8; i < 16; i++) {
      text.append(i == 10 ? "-" : "").append("%02x".formatted(table.u8(at + i)));
    }
    return text.toString();
  }
}
