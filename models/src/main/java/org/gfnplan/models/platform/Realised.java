package org.gfnplan.models.platform;

import java.util.List;
import org.gfnplan.models.input.Finding;

/**
 * A layout as today's programs reach it. Addresses are bytes.
 *
 * @param settings what to set
 * @param lowmemEnd where low RAM ends
 * @param highmemEnd where high RAM ends, or 0 when there is none
 * @param map the address map, by address
 * @param e820 the guest's memory map as the toolstack hands it over, by address
 * @param nodes the RAM of virtual NUMA nodes by address; empty without them, and on platforms that
 *     do not plan them
 * @param findings what a user should know of it
 * @param mismatches where the replay of the settings and the layout differ; none, or it is a bug
 */
public record Realised(
    Settings settings,
    long lowmemEnd,
    long highmemEnd,
    List<MapEntry> map,
    List<E820Entry> e820,
    List<NodeRange> nodes,
    List<Finding> findings,
    List<String> mismatches) {
  public Realised {
    map = List.copyOf(map);
    e820 = List.copyOf(e820);
    nodes = List.copyOf(nodes);
    findings = List.copyOf(findings);
    mismatches = List.copyOf(mismatches);
  }
}
