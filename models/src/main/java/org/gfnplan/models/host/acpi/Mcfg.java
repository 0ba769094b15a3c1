package org.gfnplan.models.host.acpi;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The MCFG table: where PCI configuration space is mapped.
 *
 * @param header the table's header
 * @param windows in the order of the table
 */
public record Mcfg(TableHeader header, List<Window> windows) {
  private static final int FIRST_WINDOW = 44;
  private static final int WINDOW_BYTES = 16;

  public Mcfg {
    windows = List.copyOf(windows);
  }

  /** A window; {@code base} is the address of bus 0 and {@code endBus} the last bus. */
  public record Window(int offset, long base, int segment, int startBus, int endBus) {}

  /** What the table says, or null when its header is broken. */
  static @Nullable Mcfg read(AcpiTable table, Problems problems) {
    if (!table.isWhole(problems)) {
      return null;
    }
    int bytes = table.size() - FIRST_WINDOW;
    if (bytes < 0 || bytes % WINDOW_BYTES != 0) {
      problems.add(
          AcpiTable.HEADER_BYTES,
          "MCFG table is %d bytes long, %d and a multiple of %d are needed"
              .formatted(table.size(), FIRST_WINDOW, WINDOW_BYTES));
      return null;
    }
    List<Window> windows = new ArrayList<>();
    for (int at = FIRST_WINDOW; at < table.size(); at += WINDOW_BYTES) {
      windows.add(
          new Window(at, table.u64(at), table.u16(at + 8), table.u8(at + 10), table.u8(at + 11)));
    }
    return new Mcfg(table.header(), windows);
  }
}
