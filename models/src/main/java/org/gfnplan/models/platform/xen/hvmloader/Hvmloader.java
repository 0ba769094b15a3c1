package org.gfnplan.models.platform.xen.hvmloader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.XenLayout;

/**
 * What hvmloader does before firmware runs: it checks the memory map, gives PCI registers their
 * addresses, takes RAM for its own pages, and draws the e820.
 *
 * <p>Restates {@code memory_map_setup}, {@code adjust_memory_map} and {@code build_e820_table}
 * (hvmloader e820.c), {@code pci_setup} (pci.c) and {@code mem_hole_populate_ram} (util.c). Pure.
 */
public final class Hvmloader {
  /** Reserved memory from here to {@link #DYNAMIC_END} stops the guest (hvmloader config.h). */
  private static final long DYNAMIC_START = 0xfc10_0000L;

  private static final long DYNAMIC_END = 0xfe00_0000L;
  private static final long IO_START = 0xc000;
  private static final long IO_END = 0x1_0000;
  private static final long PAGE = 4096;

  /** RAM is moved in runs of at most this many pages (pci.c). */
  private static final long MOST_MOVED = (1 << 16) - 1;

  static final int NVS = 4;

  private final HvmloaderRequest request;
  private final List<E820Entry> map;
  private final List<Slot> slots = new ArrayList<>();
  private final List<HvmloaderResult.Move> moves = new ArrayList<>();
  private long lowmemEnd;
  private long highmemEnd;
  private long windowEnd = XenLayout.RESERVED_MEMBASE;

  private Hvmloader(HvmloaderRequest request) {
    this.request = request;
    this.map = new ArrayList<>(request.memoryMap());
    this.lowmemEnd = request.lowmemEnd();
    this.highmemEnd = request.highmemEnd();
    for (PciFunction function : request.functions()) {
      function.bars().forEach(bar -> slots.add(new Slot(function, bar)));
    }
  }

  /** A register on its way to an address. */
  private static final class Slot {
    private final PciFunction function;
    private final Bar bar;
    private long address = BarPlacement.NO_SPACE;

    private Slot(PciFunction function, Bar bar) {
      this.function = function;
      this.bar = bar;
    }
  }

  /** What hvmloader does with this guest. */
  public static HvmloaderResult run(HvmloaderRequest request) {
    return new Hvmloader(request).run();
  }

  private HvmloaderResult run() {
    if (map.stream().anyMatch(Hvmloader::isInTheWay)) {
      return result(true, XenLayout.HVM_LOW_RAM_LIMIT, new BarAddresses(0), 0, List.of());
    }
    carveOffPlatformBar();
    // A stable sort: registers of one size stay in the order in which they are found.
    List<Slot> memory =
        slots.stream()
            .filter(slot -> slot.bar.isMemory() && slot.address == BarPlacement.NO_SPACE)
            .sorted(Comparator.comparingLong((Slot slot) -> slot.bar.bytes()).reversed())
            .toList();
    BarPlacement rule = rule(memory, map);
    long start = windowStart(rule);
    moveRam(start);
    syncMap();
    BarAddresses addresses = new BarAddresses(rule.count());
    rule.place(
        start,
        windowEnd,
        Math.max(highmemEnd, XenLayout.FOUR_GIB),
        1L << request.physicalBits(),
        addresses);
    for (int i = 0; i < memory.size(); i++) {
      memory.get(i).address = addresses.address(i);
    }
    placePorts();
    int stolen = request.firmware().stolenPages();
    stealRam(stolen);
    syncMap();
    return result(false, start, addresses, stolen, e820());
  }

  private static BarPlacement rule(List<Slot> memory, List<E820Entry> map) {
    long[] sizes = new long[memory.size()];
    boolean[] wide = new boolean[memory.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = memory.get(i).bar.bytes();
      wide[i] = memory.get(i).bar.space() == Bar.Space.MEMORY_64;
    }
    return new BarPlacement(sizes, wide, map);
  }

  private static boolean isInTheWay(E820Entry entry) {
    return entry.type() == E820Entry.RESERVED
        && entry.startByte() < DYNAMIC_END
        && entry.endByte() > DYNAMIC_START;
  }

  /** A cached platform register goes to the top of the window, before all others are looked at. */
  private void carveOffPlatformBar() {
    for (Slot slot : slots) {
      long size = slot.bar.bytes();
      if (request.platformBarCached()
          && slot.function.isXenPlatform()
          && slot.bar.space() == Bar.Space.MEMORY_32
          && slot.bar.index() != Bar.ROM
          && size <= windowEnd
          && ((windowEnd - size) & -size) >= XenLayout.HVM_LOW_RAM_LIMIT) {
        windowEnd = (windowEnd - size) & -size;
        slot.address = windowEnd;
      }
    }
  }

  private long windowStart(BarPlacement rule) {
    if (request.mmioHoleMib() == 0) {
      return rule.windowStart(lowmemEnd, windowEnd, request.mayMoveRam());
    }
    long start = XenLayout.FOUR_GIB - request.mmioHoleMib() * XenLayout.MIB;
    return Math.min(start, XenLayout.HVM_LOW_RAM_LIMIT);
  }

  private void moveRam(long start) {
    while (start < lowmemEnd) {
      long pages = Math.min((lowmemEnd - start) / PAGE, MOST_MOVED);
      if (highmemEnd == 0) {
        highmemEnd = XenLayout.FOUR_GIB;
      }
      lowmemEnd -= pages * PAGE;
      moves.add(new HvmloaderResult.Move(lowmemEnd, highmemEnd, (int) pages));
      highmemEnd += pages * PAGE;
    }
  }

  private void placePorts() {
    long next = IO_START;
    List<Slot> ports =
        slots.stream()
            .filter(slot -> !slot.bar.isMemory())
            .sorted(Comparator.comparingLong((Slot slot) -> slot.bar.bytes()).reversed())
            .toList();
    for (Slot slot : ports) {
      long size = slot.bar.bytes();
      long base = (next + size - 1) & -size;
      if (base + size <= IO_END) {
        slot.address = base;
        next = base + size;
      }
    }
  }

  /** Pages come from the top of high RAM, or of low RAM when there is no high RAM (any more). */
  private void stealRam(int pages) {
    long bytes = pages * PAGE;
    long fromHigh = highmemEnd == 0 ? 0 : Math.min(bytes, highmemEnd - XenLayout.FOUR_GIB);
    highmemEnd -= fromHigh;
    if (highmemEnd == XenLayout.FOUR_GIB) {
      highmemEnd = 0;
    }
    lowmemEnd -= bytes - fromHigh;
  }

  private void syncMap() {
    boolean high = highmemEnd == 0;
    for (int i = 0; i < map.size(); i++) {
      E820Entry entry = map.get(i);
      if (entry.type() != E820Entry.RAM) {
        continue;
      }
      if (lowmemEnd > entry.startByte() && lowmemEnd < entry.endByte()) {
        map.set(i, new E820Entry(entry.startByte(), lowmemEnd, E820Entry.RAM));
      } else if (!high && entry.startByte() == XenLayout.FOUR_GIB) {
        map.set(i, new E820Entry(entry.startByte(), highmemEnd, E820Entry.RAM));
        high = true;
      }
    }
    if (!high) {
      map.add(new E820Entry(XenLayout.FOUR_GIB, highmemEnd, E820Entry.RAM));
    }
  }

  private List<E820Entry> e820() {
    Firmware firmware = request.firmware();
    List<E820Entry> table = new ArrayList<>();
    table.add(new E820Entry(0, XenLayout.VGA_HOLE_START, E820Entry.RAM));
    table.add(new E820Entry(firmware.imageStart(), XenLayout.LEGACY_END, E820Entry.RESERVED));
    table.add(new E820Entry(XenLayout.RESERVED_MEMBASE, firmware.acpiEnd(), NVS));
    table.add(new E820Entry(firmware.acpiEnd(), XenLayout.FOUR_GIB, E820Entry.RESERVED));
    table.addAll(map);
    // hvmloader's own exchange sort: it is not stable, and entries may start together.
    for (int i = 0; i + 1 < table.size(); i++) {
      for (int j = i + 1; j < table.size(); j++) {
        if (table.get(i).startByte() > table.get(j).startByte()) {
          Collections.swap(table, i, j);
        }
      }
    }
    return table;
  }

  private HvmloaderResult result(
      boolean refused, long start, BarAddresses addresses, int stolen, List<E820Entry> e820) {
    List<HvmloaderResult.Register> registers =
        slots.stream()
            .map(
                slot ->
                    new HvmloaderResult.Register(
                        slot.function, slot.bar, slot.address, decodes(slot)))
            .toList();
    return new HvmloaderResult(
        refused,
        start,
        windowEnd,
        addresses.highStart(),
        addresses.highEnd(),
        lowmemEnd,
        highmemEnd,
        moves,
        stolen,
        registers,
        map,
        e820);
  }

  /** One placed register turns on the space for the whole function; a ROM has a bit of its own. */
  private boolean decodes(Slot slot) {
    return slot.bar.index() != Bar.ROM
        && slots.stream()
            .anyMatch(
                other ->
                    other.function.devfn() == slot.function.devfn()
                        && other.bar.isMemory() == slot.bar.isMemory()
                        && other.address != BarPlacement.NO_SPACE);
  }
}
