package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.NodeRange;
import org.jspecify.annotations.Nullable;

/**
 * What libxl's domain builder does with a guest's memory. Addresses are bytes; a {@code highmemEnd}
 * of 0 means that there is no RAM above 4 GiB.
 *
 * @param plainLowmemEnd where low RAM ends before libxl looks at reserved device memory
 * @param plainHighmemEnd where high RAM ends before libxl looks at reserved device memory
 * @param mmioStart where the hole below 4 GiB starts
 * @param conflict the first strict entry that RAM covers, or null when there is none
 * @param nodesRefused why libxl does not take the virtual NUMA nodes, or null when it does
 * @param lowmemEnd where low RAM ends
 * @param highmemEnd where high RAM ends
 * @param masked entries that are left out of the memory map because RAM covers them
 * @param memoryMap the toolstack's map, in libxl's order; empty when the guest is not built
 * @param nodes the RAM of virtual NUMA nodes by address; empty without them, or when the guest is
 *     not built
 */
public record BuilderResult(
    long plainLowmemEnd,
    long plainHighmemEnd,
    long mmioStart,
    BuilderRequest.@Nullable Rdm conflict,
    @Nullable String nodesRefused,
    long lowmemEnd,
    long highmemEnd,
    List<BuilderRequest.Rdm> masked,
    List<E820Entry> memoryMap,
    List<NodeRange> nodes) {
  public BuilderResult {
    masked = List.copyOf(masked);
    memoryMap = List.copyOf(memoryMap);
    nodes = List.copyOf(nodes);
  }

  /** Why libxl does not build the guest, or null when it does. */
  public @Nullable String refusal() {
    return conflict == null ? nodesRefused : "RDM conflict at 0x%x".formatted(conflict.startByte());
  }

  /** Whether libxl goes on to build the guest. */
  public boolean isBuilt() {
    return refusal() == null;
  }
}
