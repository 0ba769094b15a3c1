package org.gfnplan.models.host;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;

/** What is odd about RMRRs that are each well formed. */
final class ReservedCheck {
  static final String NOT_RESERVED = "rmrr-not-in-reserved-memory";

  private ReservedCheck() {}

  /** Finds RMRRs that share a byte with another; {@code reserved} is sorted by start. */
  static void overlaps(List<ReservedMemory> reserved, List<Finding> findings) {
    ReservedMemory farthest = null;
    for (ReservedMemory memory : reserved) {
      if (memory.kind() != ReservedMemory.Kind.RMRR) {
        continue;
      }
      if (farthest != null && memory.startByte() < farthest.endByte()) {
        findings.add(overlap(memory, farthest));
      }
      if (farthest == null || memory.endByte() > farthest.endByte()) {
        farthest = memory;
      }
    }
  }

  static Finding overlap(ReservedMemory memory, ReservedMemory other) {
    return new Finding(
        Severity.WARNING,
        "rmrrs-overlap",
        "%s overlaps %s of %s; Xen turns VT-d off for that"
            .formatted(memory.label(), other.label(), other.origin().shortForm()),
        memory.origin());
  }

  /** Finds RMRRs that the memory map does not keep from being used as something else. */
  static void againstMemoryMap(
      List<ReservedMemory> reserved, List<MemoryMapEntry> map, List<Finding> findings) {
    if (map.isEmpty()) {
      return;
    }
    NavigableMap<Long, Long> kept = reservedRuns(map);
    for (ReservedMemory memory : reserved) {
      if (memory.kind() != ReservedMemory.Kind.RMRR) {
        continue;
      }
      Map.Entry<Long, Long> run = kept.floorEntry(memory.startByte());
      if (run == null || run.getValue() < memory.endByte()) {
        findings.add(
            new Finding(
                Severity.WARNING, NOT_RESERVED, notReserved(memory.label()), memory.origin()));
      }
    }
  }

  static String notReserved(String label) {
    return label + " is not within reserved memory of the memory map";
  }

  /* Ends of maximal runs of reserved bytes by their starts; the map is sorted by start. */
  private static NavigableMap<Long, Long> reservedRuns(List<MemoryMapEntry> map) {
    NavigableMap<Long, Long> runs = new TreeMap<>();
    for (MemoryMapEntry entry : map) {
      if (!entry.type().equals("reserved")) {
        continue;
      }
      Map.Entry<Long, Long> last = runs.lastEntry();
      if (last != null && entry.startByte() <= last.getValue()) {
        runs.put(last.getKey(), Math.max(last.getValue(), entry.endByte()));
      } else {
        runs.put(entry.startByte(), entry.endByte());
      }
    }
    return runs;
  }
}
