package org.gfnplan.models.platform.xen.hvmloader;

import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.XenLayout;

/**
 * What hvmloader finds when a guest starts. Addresses are bytes.
 *
 * @param lowmemEnd where low RAM ends
 * @param highmemEnd where high RAM ends, 0 when there is none
 * @param mayMoveRam whether RAM may be moved above 4 GiB; libxl says no since qemu-xen
 * @param mmioHoleMib the hole that libxl writes to xenstore, 0 for none
 * @param physicalBits guest physical address bits
 * @param platformBarCached whether the memory of the xen-platform device is to be cached
 * @param memoryMap the toolstack's memory map, in its order
 * @param firmware what is put into the guest
 * @param functions the PCI functions, ascending by devfn
 */
public record HvmloaderRequest(
    long lowmemEnd,
    long highmemEnd,
    boolean mayMoveRam,
    long mmioHoleMib,
    int physicalBits,
    boolean platformBarCached,
    List<E820Entry> memoryMap,
    Firmware firmware,
    List<PciFunction> functions) {
  /** The most entries that hvmloader reads (hvmloader e820.h). */
  private static final int MOST_ENTRIES = 128;

  public HvmloaderRequest {
    memoryMap = List.copyOf(memoryMap);
    functions = functions.stream().sorted(Comparator.comparingInt(PciFunction::devfn)).toList();
    if (lowmemEnd < 2 * XenLayout.MIB
        || lowmemEnd > XenLayout.HVM_LOW_RAM_LIMIT
        || lowmemEnd % 4096 != 0) {
      throw new IllegalArgumentException(
          "low RAM must end at a page in 0x200000..0xf0000000: lowmemEnd=0x%x"
              .formatted(lowmemEnd));
    }
    if (highmemEnd != 0 && (highmemEnd <= XenLayout.FOUR_GIB || highmemEnd % 4096 != 0)) {
      throw new IllegalArgumentException(
          "high RAM must end at a page above 4 GiB: highmemEnd=0x%x".formatted(highmemEnd));
    }
    if (mmioHoleMib < 0 || mmioHoleMib > MmioHole.LARGEST_MIB) {
      throw new IllegalArgumentException(
          "the hole must be of 0..%d MiB: mmioHoleMib=%d"
              .formatted(MmioHole.LARGEST_MIB, mmioHoleMib));
    }
    if (memoryMap.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "the memory map must have at most %d entries: entries=%d"
              .formatted(MOST_ENTRIES, memoryMap.size()));
    }
    if (physicalBits < 32 || physicalBits > 52) {
      throw new IllegalArgumentException(
          "physical bits must be in 32..52: physicalBits=" + physicalBits);
    }
    long left = lowmemEnd + Math.max(0, highmemEnd - XenLayout.FOUR_GIB);
    if (left - firmware.stolenPages() * 4096L < 2 * XenLayout.MIB) {
      throw new IllegalArgumentException(
          "firmware must leave RAM: pages=%d ram=0x%x".formatted(firmware.stolenPages(), left));
    }
    for (int i = 1; i < functions.size(); i++) {
      if (functions.get(i - 1).devfn() == functions.get(i).devfn()) {
        throw new IllegalArgumentException(
            "functions must not share a devfn: devfn=" + functions.get(i).devfn());
      }
    }
  }
}
