package org.gfnplan.models.host.acpi;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable.Problems;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a DMAR table. */
final class DmarReader {
  /*
   * The table is a header and a list of structures {type u16, length u16, ...}; a structure ends
   * with a list of device scopes {type u8, length u8, ...}. A length that is too small or leads
   * past the end ends its list: whatever follows cannot be found.
   */
  private static final int FIRST_STRUCTURE = 48;
  private static final int SCOPE_BYTES = 6;

  private final AcpiTable table;
  private final Problems problems;
  private final List<Dmar.Drhd> drhds = new ArrayList<>();
  private final List<Dmar.Rmrr> rmrrs = new ArrayList<>();
  private final List<Dmar.ScopedUnit> atsrs = new ArrayList<>();
  private final List<Dmar.Rhsa> rhsas = new ArrayList<>();
  private final List<Dmar.Andd> andds = new ArrayList<>();
  private final List<Dmar.ScopedUnit> satcs = new ArrayList<>();
  private final List<Dmar.ScopedUnit> sidps = new ArrayList<>();
  private final List<UnknownStructure> unknown = new ArrayList<>();

  private DmarReader(AcpiTable table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  /** What the table says, or null when its header is broken. */
  static @Nullable Dmar read(AcpiTable table, Problems problems) {
    if (!table.isWhole(problems)) {
      return null;
    }
    if (table.size() < FIRST_STRUCTURE) {
      problems.add(
          AcpiTable.HEADER_BYTES,
          "DMAR table ends after %d bytes, before its first structure at %d"
              .formatted(table.size(), FIRST_STRUCTURE));
      return null;
    }
    DmarReader reader = new DmarReader(table, problems);
    reader.readStructures();
    return new Dmar(
        table.header(),
        table.u8(36) + 1,
        table.u8(37),
        reader.drhds,
        reader.rmrrs,
        reader.atsrs,
        reader.rhsas,
        reader.andds,
        reader.satcs,
        reader.sidps,
        reader.unknown);
  }

  private void readStructures() {
    int at = FIRST_STRUCTURE;
    while (at < table.size()) {
      int left = table.size() - at;
      if (left < 4) {
        problems.add(at, "DMAR table ends with %d bytes that are no structure".formatted(left));
        return;
      }
      int type = table.u16(at);
      int length = table.u16(at + 2);
      if (length < 4 || length > left) {
        problems.add(
            at,
            "DMAR structure of type %d says it is %d bytes long, %d bytes are left"
                .formatted(type, length, left));
        return;
      }
      readStructure(type, at, length);
      at += length;
    }
  }

  private void readStructure(int type, int at, int length) {
    int least = leastLength(type);
    if (length < least) {
      problems.add(
          at,
          "DMAR structure of type %d says it is %d bytes long, it has at least %d"
              .formatted(type, length, least));
      return;
    }
    int end = at + length;
    switch (type) {
      case 0 ->
          drhds.add(
              new Dmar.Drhd(
                  at, table.u8(at + 4), table.u16(at + 6), table.u64(at + 8), scopes(at, 16, end)));
      case 1 ->
          rmrrs.add(
              new Dmar.Rmrr(
                  at,
                  table.u16(at + 6),
                  table.u64(at + 8),
                  table.u64(at + 16),
                  scopes(at, 24, end)));
      case 2 -> atsrs.add(scopedUnit(at, table.u8(at + 4), end));
      case 3 -> rhsas.add(new Dmar.Rhsa(at, table.u64(at + 8), table.u32(at + 16)));
      case 4 -> andds.add(new Dmar.Andd(at, table.u8(at + 7), objectName(at + 8, end)));
      case 5 -> satcs.add(scopedUnit(at, table.u8(at + 4), end));
      case 6 -> sidps.add(scopedUnit(at, 0, end));
      default -> unknown.add(new UnknownStructure(at, type, length));
    }
  }

  private static int leastLength(int type) {
    return switch (type) {
      case 0 -> 16;
      case 1 -> 24;
      case 2, 4, 5, 6 -> 8;
      case 3 -> 20;
      default -> 4;
    };
  }

  private Dmar.ScopedUnit scopedUnit(int at, int flags, int end) {
    return new Dmar.ScopedUnit(at, flags, table.u16(at + 6), scopes(at, 8, end));
  }

  private List<Dmar.Scope> scopes(int structure, int skip, int end) {
    List<Dmar.Scope> scopes = new ArrayList<>();
    int at = structure + skip;
    while (at < end) {
      int left = end - at;
      int length = left < SCOPE_BYTES ? 0 : table.u8(at + 1);
      // A scope without a hop names no device.
      if (length < SCOPE_BYTES + 2 || length > left || length % 2 != 0) {
        problems.add(
            at,
            left < SCOPE_BYTES
                ? "device scope ends after %d bytes".formatted(left)
                : "device scope says it is %d bytes long, %d bytes are left"
                    .formatted(length, left));
        return scopes;
      }
      List<Dmar.Hop> path = new ArrayList<>();
      for (int hop = at + SCOPE_BYTES; hop < at + length; hop += 2) {
        path.add(new Dmar.Hop(table.u8(hop), table.u8(hop + 1)));
      }
      scopes.add(new Dmar.Scope(table.u8(at), table.u8(at + 4), table.u8(at + 5), path));
      at += length;
    }
    return scopes;
  }

  private String objectName(int from, int end) {
    int to = from;
    while (to < end && table.u8(to) != 0) {
      to++;
    }
    return table.text(from, to - from);
  }
}
