package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A virtual NUMA node.
 *
 * @param kib its memory in KiB
 * @param physicalNode the host's node that its memory comes from, or null when not stated
 * @param vcpus the virtual processors in it as xl.cfg writes them, {@code 0-3,6}, or null when not
 *     stated
 * @param distances how far each node is from it, in order; empty when not stated
 * @param origin what states it
 */
public record NumaNode(
    long kib,
    @Nullable Integer physicalNode,
    @Nullable String vcpus,
    List<Integer> distances,
    Origin origin) {
  public NumaNode {
    distances = List.copyOf(distances);
  }

  /** A node of which only the size is stated. */
  public static NumaNode of(long kib, Origin origin) {
    return new NumaNode(kib, null, null, List.of(), origin);
  }

  /** The same with another size. */
  public NumaNode withKib(long other) {
    return new NumaNode(other, physicalNode, vcpus, distances, origin);
  }
}
