package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import org.gfnplan.solver.problem.Origin;

/**
 * A line of the host's e820 map.
 *
 * @param startByte the first byte
 * @param endByte one past the last byte
 * @param type as the log spells it, {@code usable}, {@code reserved}, {@code ACPI NVS} ...
 * @param origin where the host says so
 */
public record MemoryMapEntry(long startByte, long endByte, String type, Origin origin) {
  /** Orders by start, then end, then type. */
  static final Comparator<MemoryMapEntry> BY_ADDRESS =
      Comparator.comparingLong(MemoryMapEntry::startByte)
          .thenComparingLong(MemoryMapEntry::endByte)
          .thenComparing(MemoryMapEntry::type);

  /** Whether it is usable memory: {@code usable} in logs, {@code System RAM} in /proc/iomem. */
  public boolean isRam() {
    return Set.of("usable", "ram", "system ram").contains(type.toLowerCase(Locale.ROOT));
  }
}
