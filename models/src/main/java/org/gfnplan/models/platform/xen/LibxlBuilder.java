package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.E820Entry;

/**
 * What libxl does before a guest starts: it splits RAM around the hole, moves RAM out of the way of
 * reserved device memory above the boundary, cuts it into virtual NUMA nodes, and draws the guest's
 * memory map.
 *
 * <p>Restates {@code libxl__build_hvm} (libxl_dom.c), {@code libxl__domain_device_construct_rdm}
 * (libxl_dm.c) and {@code libxl__arch_domain_construct_memmap} (libxl_x86.c). Pure; see {@link
 * VirtualNodes} for nodes.
 */
public final class LibxlBuilder {
  private final BuilderRequest request;
  private long lowmemEnd;
  private long highmemEnd;

  private LibxlBuilder(BuilderRequest request) {
    this.request = request;
  }

  /** What libxl does with this request. */
  public static BuilderResult build(BuilderRequest request) {
    return new LibxlBuilder(request).run();
  }

  private BuilderResult run() {
    long memory = (request.memoryKib() - request.videoKib()) * XenLayout.KIB;
    long mmioStart = mmioStart();
    boolean allLow = memory <= mmioStart;
    lowmemEnd = allLow ? memory : mmioStart;
    highmemEnd = allLow ? 0 : XenLayout.FOUR_GIB + (memory - mmioStart);
    long plainLow = lowmemEnd;
    long plainHigh = highmemEnd;

    moveRamAway();
    List<BuilderRequest.Rdm> masked = new ArrayList<>();
    BuilderRequest.Rdm conflict = null;
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      if (isUnderRam(rdm)) {
        if (rdm.policy() == RdmPolicy.STRICT) {
          conflict = rdm;
          break;
        }
        masked.add(rdm);
      }
    }
    String nodesRefused =
        VirtualNodes.refusal(request.nodesKib(), request.memoryKib(), request.videoKib());
    boolean built = conflict == null && nodesRefused == null;
    return new BuilderResult(
        plainLow,
        plainHigh,
        mmioStart,
        conflict,
        nodesRefused,
        lowmemEnd,
        highmemEnd,
        masked,
        built ? memoryMap(masked) : List.of(),
        built
            ? VirtualNodes.cut(request.nodesKib(), request.videoKib(), lowmemEnd, mmioStart)
            : List.of());
  }

  private long mmioStart() {
    long start = XenLayout.FOUR_GIB - request.mmioHoleMib() * XenLayout.MIB;
    if (request.mmioHoleMib() != 0 && start < XenLayout.HVM_LOW_RAM_LIMIT) {
      return start;
    }
    return request.type() == Guest.Type.PVH
        ? XenLayout.PVH_LOW_RAM_LIMIT
        : XenLayout.HVM_LOW_RAM_LIMIT;
  }

  /** Pass 1: RAM above the start of an entry goes above 4 GiB, whatever the entry's policy. */
  private void moveRamAway() {
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      long start = rdm.startByte();
      if (start >= lowmemEnd || start <= request.boundaryByte()) {
        continue;
      }
      if (request.hap() && start > XenLayout.SUPERPAGE) {
        start &= -XenLayout.SUPERPAGE;
      }
      if (highmemEnd == 0) {
        highmemEnd = XenLayout.FOUR_GIB;
      }
      highmemEnd += lowmemEnd - start;
      lowmemEnd = start;
    }
  }

  private boolean isUnderRam(BuilderRequest.Rdm rdm) {
    return rdm.startByte() < lowmemEnd
        || (highmemEnd != 0 && rdm.startByte() < highmemEnd && rdm.endByte() > XenLayout.FOUR_GIB);
  }

  private List<E820Entry> memoryMap(List<BuilderRequest.Rdm> masked) {
    boolean pvh = request.type() == Guest.Type.PVH;
    List<E820Entry> map = new ArrayList<>();
    map.add(new E820Entry(pvh ? 0 : XenLayout.HVM_LOW_MAP_START, lowmemEnd, E820Entry.RAM));
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      if (!masked.contains(rdm)) {
        map.add(new E820Entry(rdm.startByte(), rdm.endByte(), E820Entry.RESERVED));
      }
    }
    if (pvh) {
      map.add(
          new E820Entry(
              XenLayout.SPECIAL_PAGES_START, XenLayout.SPECIAL_PAGES_END, E820Entry.RESERVED));
    }
    if (highmemEnd != 0) {
      map.add(new E820Entry(XenLayout.FOUR_GIB, highmemEnd, E820Entry.RAM));
    }
    return map;
  }
}
