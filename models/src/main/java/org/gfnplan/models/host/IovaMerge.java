package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;

/** Puts the reserved I/O virtual addresses of several sources together. */
final class IovaMerge {
  /*
   * A `direct` region is the same memory as an RMRR or an IVMD, but it cannot stand for one: Linux
   * joins those that touch, counts them for all of a group and not for the device that has them,
   * and covers all that lies in the first 16 MiB of a group with an ISA bridge. Where the tables
   * are known it must lie in what they reserve; where they are not, it only is what it says.
   */
  private IovaMerge() {}

  /** Every region once, by start, then end, kind and group. */
  static List<ReservedIova> merged(List<SourceFacts> sources) {
    Map<List<Object>, ReservedIova> withGroup = new LinkedHashMap<>();
    Map<List<Object>, ReservedIova> without = new LinkedHashMap<>();
    Set<List<Object>> grouped = new LinkedHashSet<>();
    for (SourceFacts source : sources) {
      for (ReservedIova iova : source.reservedIova()) {
        List<Object> place = List.of(iova.startByte(), iova.endByte(), iova.kind());
        Integer group = iova.group();
        if (group == null) {
          without.putIfAbsent(place, iova);
        } else {
          grouped.add(place);
          withGroup.putIfAbsent(List.of(place, group), iova);
        }
      }
    }
    without.keySet().removeAll(grouped);
    List<ReservedIova> all = new ArrayList<>(withGroup.values());
    all.addAll(without.values());
    all.sort(ReservedIova.BY_ADDRESS);
    return all;
  }

  /** Finds mapped regions that no table explains. */
  static void compare(
      List<ReservedIova> regions, List<ReservedMemory> reserved, List<Finding> findings) {
    ByteUnion known =
        new ByteUnion(
            reserved.stream()
                .map(memory -> new ByteRange(memory.startByte(), memory.endByte()))
                .toList());
    for (ReservedIova iova : regions) {
      boolean isMapped =
          iova.kind() == ReservedIova.Kind.DIRECT
              || iova.kind() == ReservedIova.Kind.DIRECT_RELAXABLE;
      ByteRange range = new ByteRange(iova.startByte(), iova.endByte());
      if (isMapped && !iova.isForIsaBridge() && !known.holds(range)) {
        findings.add(
            new Finding(
                Severity.WARNING,
                "direct-region-not-in-tables",
                "the kernel maps %s to itself, but no source has reserved device memory there"
                    .formatted(range),
                iova.origin()));
      }
    }
  }
}
