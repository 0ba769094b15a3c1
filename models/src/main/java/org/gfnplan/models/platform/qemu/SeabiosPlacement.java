package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where SeaBIOS puts what is on the root bus (src/fw/pciinit.c of SeaBIOS 1.16.2,
 * pci_bios_map_devices).
 *
 * <p>Registers that are not prefetchable make one run of addresses, the others a second; in a run
 * the largest alignment comes first. Both runs go to the end of the 32-bit window, if they have
 * room there. If not, everything that may lies above memory, each run at a whole GiB.
 */
final class SeabiosPlacement {
  private static final long GIB = 1L << 30;

  private SeabiosPlacement() {}

  /**
   * Where each item starts, in bytes, by name; or null when SeaBIOS halts with "out of 32bit
   * address space".
   *
   * @param items in the order of their functions on the bus
   * @param windowStart where the 32-bit window starts
   * @param highStart where memory ends, at 4 GiB or above
   */
  static @Nullable Map<String, Long> of(List<PciItem> items, long windowStart, long highStart) {
    Map<String, Long> starts = new LinkedHashMap<>();
    if (below(items, windowStart, starts)) {
      return starts;
    }
    starts.clear();
    if (!below(items.stream().filter(item -> !item.wide()).toList(), windowStart, starts)) {
      return null;
    }
    long at = ByteRange.roundUp(highStart, GIB);
    for (PciItem item : runsAboveMemory(items.stream().filter(PciItem::wide).toList())) {
      at = ByteRange.roundUp(at, item.align());
      starts.put(item.name(), at);
      at += item.bytes();
    }
    return starts;
  }

  /** Items that all lie above memory, in the order of their addresses. */
  static List<PciItem> runsAboveMemory(List<PciItem> items) {
    List<PciItem> all = run(items, false);
    List<PciItem> second = run(items, true);
    if (!all.isEmpty() && !second.isEmpty()) {
      second.set(0, second.get(0).alignedTo(GIB));
    }
    all.addAll(second);
    return all;
  }

  /** Whether all of it has room below 4 GiB, where SeaBIOS prefers to have it. */
  static boolean fitsBelow4g(List<PciItem> items, long windowStart) {
    return below(items, windowStart, new LinkedHashMap<>());
  }

  /** pci_bios_init_root_regions_mem: the run with the smaller alignment goes last. */
  private static boolean below(List<PciItem> items, long windowStart, Map<String, Long> starts) {
    List<PciItem> last = run(items, true);
    List<PciItem> first = run(items, false);
    if (align(first) < align(last)) {
      List<PciItem> other = first;
      first = last;
      last = other;
    }
    long lastStart = down(QemuFirmware.SEABIOS.windowEnd() - bytes(last), align(last));
    long firstStart = down(lastStart - bytes(first), align(first));
    if (firstStart < windowStart) {
      return false;
    }
    pack(last, lastStart, starts);
    pack(first, firstStart, starts);
    return true;
  }

  private static List<PciItem> run(List<PciItem> items, boolean prefetchable) {
    List<PciItem> run = new ArrayList<>(items);
    run.removeIf(item -> item.prefetchable() != prefetchable);
    run.sort(PciItem.LARGEST_FIRST);
    return run;
  }

  private static long pack(List<PciItem> run, long start, Map<String, Long> starts) {
    long at = start;
    for (PciItem item : run) {
      starts.put(item.name(), at);
      at += item.bytes();
    }
    return at;
  }

  private static long bytes(List<PciItem> run) {
    return run.stream().mapToLong(PciItem::bytes).sum();
  }

  private static long align(List<PciItem> run) {
    return run.isEmpty() ? 1 : run.get(0).align();
  }

  private static long down(long bytes, long align) {
    return Math.floorDiv(bytes, align) * align;
  }
}
