package org.gfnplan.models.host;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The bytes that are in any of some ranges. */
final class ByteUnion {
  /* Maximal runs, ends by starts: they are disjoint and do not touch. */
  private final NavigableMap<Long, Long> runs = new TreeMap<>();

  ByteUnion(Collection<ByteRange> ranges) {
    ranges.stream()
        .sorted()
        .forEach(
            range -> {
              Map.Entry<Long, Long> last = runs.lastEntry();
              if (last != null && range.startByte() <= last.getValue()) {
                runs.put(last.getKey(), Math.max(last.getValue(), range.endByte()));
              } else {
                runs.put(range.startByte(), range.endByte());
              }
            });
  }

  /** Whether every byte of {@code range} is in one of the ranges. */
  boolean holds(ByteRange range) {
    Map.Entry<Long, Long> run = runs.floorEntry(range.startByte());
    return run != null && run.getValue() >= range.endByte();
  }

  /** Whether there is no byte. */
  boolean isEmpty() {
    return runs.isEmpty();
  }
}
