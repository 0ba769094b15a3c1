package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.xen.hvmloader.Firmware;
import org.gfnplan.models.platform.xen.hvmloader.Hvmloader;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderRequest;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.gfnplan.models.platform.xen.hvmloader.PciFunction;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** What hvmloader makes of a guest that libxl has built. */
final class XenFirmware {
  private static final int MANY_PAGES = 1 << 20;

  private static final Origin WINDOW = Origin.builtIn("hvmloader pci.c", "PCI window");

  private final XenBars bars;
  private final HvmloaderResult result;

  private XenFirmware(Scene scene, BuilderResult built) {
    Guest guest = scene.guest();
    Stated<Integer> hole = guest.mmioHoleMib();
    bars = XenBars.of(scene);
    result =
        Hvmloader.run(
            new HvmloaderRequest(
                built.lowmemEnd(),
                built.highmemEnd(),
                false,
                hole == null ? 0 : Math.min(hole.value(), MmioHole.LARGEST_MIB),
                bars.physicalBits(),
                false,
                built.memoryMap(),
                // Where registers land does not depend on the firmware, nor on whose pages it
                // takes.
                Firmware.seabios().withReserve(MANY_PAGES),
                bars.functions()));
  }

  /** What hvmloader does with a scene, its settings included, after libxl. */
  static XenFirmware run(Scene scene, BuilderResult built) {
    return new XenFirmware(scene, built);
  }

  /** What became of the guest. */
  HvmloaderResult result() {
    return result;
  }

  /** Registers without a good address; none after settings that a plan gives. */
  List<String> complaints() {
    List<String> found = new ArrayList<>();
    if (result.refused()) {
      found.add("hvmloader stops at reserved memory in its own area");
    }
    for (HvmloaderResult.Register register : result.registers()) {
      if (!register.bar().isMemory()) {
        continue;
      }
      if (!register.isPlaced()) {
        found.add("hvmloader finds no space for %s".formatted(name(register)));
        continue;
      }
      long start = register.address();
      long end = start + register.bar().bytes();
      for (E820Entry entry : result.memoryMap()) {
        if (entry.startByte() < end && start < entry.endByte()) {
          found.add(
              "hvmloader puts %s at 0x%x, on what the map has at 0x%x"
                  .formatted(name(register), start, entry.startByte()));
        }
      }
    }
    return found;
  }

  /** Registers below {@code end}, where RAM is in QEMU's eyes: it maps nothing there. */
  List<String> hiddenBelow(long end) {
    List<String> found = new ArrayList<>();
    for (HvmloaderResult.Register register : result.registers()) {
      if (register.bar().isMemory() && register.isPlaced() && register.address() < end) {
        found.add(
            "QEMU hides %s at 0x%x, which it takes for RAM"
                .formatted(name(register), register.address()));
      }
    }
    return found;
  }

  /** The lines of hvmloader's log that tell of trouble (pci.c, e820.c). */
  List<String> log() {
    List<String> lines = new ArrayList<>();
    for (HvmloaderResult.Register register : result.registers()) {
      if (!register.isPlaced()) {
        lines.add(
            "hvmloader: pci dev %02x:%x bar %02x size %01x%08x: no space for resource!"
                .formatted(
                    register.function().devfn() >> 3,
                    register.function().devfn() & 7,
                    register.bar().index() == Bar.ROM ? 0x30 : 0x10 + 4 * register.bar().index(),
                    register.bar().bytes() >> 32,
                    register.bar().bytes() & 0xffff_ffffL));
      }
    }
    if (result.hasOverlap()) {
      lines.add("hvmloader:  OVERLAP!!");
    }
    return lines;
  }

  /** The windows and what lies in them, less what others have taken. */
  List<MapEntry> entries(GfnSet taken) {
    List<MapEntry> found = new ArrayList<>();
    GfnSet full = taken;
    for (HvmloaderResult.Register register : result.registers()) {
      if (register.bar().isMemory() && register.isPlaced() && register.bar().bytes() >= Gfn.BYTES) {
        long start = register.address();
        GfnRange range = GfnRange.coveringBytes(start, start + register.bar().bytes());
        found.add(new MapEntry(name(register), "bar", range, register.bar().origin()));
        full = full.union(GfnSet.of(range));
      }
    }
    addWindow(found, "PCI window", result.lowStart(), result.lowEnd(), full);
    if (result.highStart() != 0) {
      addWindow(found, "64-bit PCI window", result.highStart(), result.highEnd(), full);
    }
    return found;
  }

  private static void addWindow(
      List<MapEntry> to, String name, long start, long end, GfnSet taken) {
    if (start >= end) {
      return;
    }
    GfnSet free = GfnSet.of(GfnRange.coveringBytes(start, end)).minus(taken);
    for (GfnRange gap : free.ranges()) {
      to.add(new MapEntry(name, "hole", gap, WINDOW));
    }
  }

  /** The functions in the order in which hvmloader switches them on, with their registers. */
  Map<PciFunction, List<HvmloaderResult.Register>> functions() {
    Map<PciFunction, List<HvmloaderResult.Register>> found = new LinkedHashMap<>();
    for (HvmloaderResult.Register register : result.registers()) {
      found.computeIfAbsent(register.function(), key -> new ArrayList<>()).add(register);
    }
    return found;
  }

  /** Whether a function is a device of the host. */
  boolean isAssigned(PciFunction function) {
    return bars.isAssigned(function);
  }

  /** What to call a register. */
  String name(HvmloaderResult.Register register) {
    return bars.registers().stream()
        .filter(
            known ->
                known.bar().equals(register.bar())
                    && known.name().endsWith(register.function().name()))
        .map(XenBars.Register::name)
        .findFirst()
        .orElse(register.function().name());
  }
}
