package org.gfnplan.models.platform.xen.hvmloader;

import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;

/**
 * What hvmloader made of a guest. Addresses are bytes; ends are exclusive.
 *
 * @param refused whether it stopped at reserved memory in its own dynamic area, and did no more
 * @param lowStart where the PCI window below 4 GiB starts
 * @param lowEnd where it ends
 * @param highStart where the first register above 4 GiB starts, 0 when there is none
 * @param highEnd where that window ends, 0 when there is none
 * @param lowmemEnd where low RAM ends at last
 * @param highmemEnd where high RAM ends at last, 0 when there is none
 * @param moves runs of RAM that were moved, in order
 * @param stolenPages pages of RAM that firmware took
 * @param registers every register, by function and index
 * @param memoryMap the toolstack's map, kept up to date with RAM
 * @param e820 the guest's map; empty when refused
 */
public record HvmloaderResult(
    boolean refused,
    long lowStart,
    long lowEnd,
    long highStart,
    long highEnd,
    long lowmemEnd,
    long highmemEnd,
    List<Move> moves,
    int stolenPages,
    List<Register> registers,
    List<E820Entry> memoryMap,
    List<E820Entry> e820) {
  public HvmloaderResult {
    moves = List.copyOf(moves);
    registers = List.copyOf(registers);
    memoryMap = List.copyOf(memoryMap);
    e820 = List.copyOf(e820);
  }

  /**
   * RAM that was moved.
   *
   * @param fromByte where it was
   * @param toByte where it is
   * @param pages how many pages
   */
  public record Move(long fromByte, long toByte, int pages) {}

  /**
   * A register and what became of it.
   *
   * @param function its function
   * @param bar the register
   * @param address where it is, or {@link BarPlacement#NO_SPACE}
   * @param decodes whether the function decodes it: registers are enabled together, by space
   */
  public record Register(PciFunction function, Bar bar, long address, boolean decodes) {
    /** Whether space was found. */
    public boolean isPlaced() {
      return address != BarPlacement.NO_SPACE;
    }
  }

  /** Whether hvmloader marks an entry of the e820 as overlapping the one before. */
  public boolean overlapsPrevious(int index) {
    return index > 0 && e820.get(index).startByte() < e820.get(index - 1).endByte();
  }

  /** Whether any entry is marked. */
  public boolean hasOverlap() {
    for (int i = 1; i < e820.size(); i++) {
      if (overlapsPrevious(i)) {
        return true;
      }
    }
    return false;
  }
}
