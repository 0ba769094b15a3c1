package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;

/**
 * What libxl's domain builder is told about a guest's memory.
 *
 * @param type how the guest boots
 * @param memoryKib {@code maxmem}, video memory included
 * @param videoKib video memory
 * @param mmioHoleMib {@code mmio_hole}, 0 when not set
 * @param hap whether the guest runs on hardware-assisted paging
 * @param boundaryByte {@code rdm_mem_boundary} in bytes
 * @param reserved reserved device memory in the order libxl collects it
 * @param nodesKib the memory of each virtual NUMA node, video memory in the first; empty without
 */
public record BuilderRequest(
    Guest.Type type,
    long memoryKib,
    long videoKib,
    long mmioHoleMib,
    boolean hap,
    long boundaryByte,
    List<Rdm> reserved,
    List<Long> nodesKib) {
  public BuilderRequest {
    reserved = List.copyOf(reserved);
    nodesKib = List.copyOf(nodesKib);
  }

  /** A guest without virtual NUMA nodes. */
  public BuilderRequest(
      Guest.Type type,
      long memoryKib,
      long videoKib,
      long mmioHoleMib,
      boolean hap,
      long boundaryByte,
      List<Rdm> reserved) {
    this(type, memoryKib, videoKib, mmioHoleMib, hap, boundaryByte, reserved, List.of());
  }

  /**
   * An entry of libxl's list of reserved device memory.
   *
   * @param startByte the first byte, a multiple of 4 KiB
   * @param endByte one past the last byte
   * @param policy what to do when RAM is in the way
   */
  public record Rdm(long startByte, long endByte, RdmPolicy policy) {}
}
