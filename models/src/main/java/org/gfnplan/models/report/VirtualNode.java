package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.platform.NodeRange;
import org.jspecify.annotations.Nullable;

/**
 * A virtual NUMA node of a planned guest.
 *
 * @param number its number, from 0
 * @param physicalNode the host's node that its memory comes from, or null when not stated
 * @param ranges its RAM by address; none when all it has is video memory
 */
public record VirtualNode(int number, @Nullable Integer physicalNode, List<NodeRange> ranges) {
  public VirtualNode {
    ranges = List.copyOf(ranges);
  }

  /** A guest's nodes with their ranges of these. */
  static List<VirtualNode> of(Guest guest, List<NodeRange> ranges) {
    List<VirtualNode> nodes = new ArrayList<>();
    for (NumaNode stated : guest.memory().nodes()) {
      int number = nodes.size();
      nodes.add(
          new VirtualNode(
              number,
              stated.physicalNode(),
              ranges.stream().filter(range -> range.node() == number).toList()));
    }
    return List.copyOf(nodes);
  }
}
