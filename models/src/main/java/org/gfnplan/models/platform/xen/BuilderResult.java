package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.platform.E820Entry;
import org.jspecify.annotations.Nullable;

/**
 * What libxl's domain builder does with a guest's memory. Addresses are bytes; a {@code highmemEnd}
 * of 0 means that there is no RAM above 4 GiB.
 *
 * @param plainLowmemEnd where low RAM ends before libxl looks at reserved device memory
 * @param plainHighmemEnd where high RAM ends before libxl looks at reserved device memory
 * @param mmioStart where the hole below 4 GiB starts
 * @param conflict the first strict entry that RAM covers, or null when the guest is built
 * @param lowmemEnd where low RAM ends
 * @param highmemEnd where high RAM ends
 * @param masked entries that are left out of the memory map because RAM covers them
 * @param memoryMap the toolstack's map, in libxl's order; empty when the guest is not built
 */
public record BuilderResult(
    long plainLowmemEnd,
    long plainHighmemEnd,
    long mmioStart,
    BuilderRequest.@Nullable Rdm conflict,
    long lowmemEnd,
    long highmemEnd,
    List<BuilderRequest.Rdm> masked,
    List<E820Entry> memoryMap) {
  public BuilderResult {
    masked = List.copyOf(masked);
    memoryMap = List.copyOf(memoryMap);
  }

  /** Whether libxl goes on to build the guest. */
  public boolean isBuilt() {
    return conflict == null;
  }
}
