package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.BarChanges;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.qemu.PciItem.Inner;
import org.gfnplan.models.platform.rules.DeviceChanges;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Statement;

/** What the PCI functions of a guest want of the address space, as firmware sees it. */
final class PciNeeds {
  /*
   * Firmware gives a port two windows: one below 4 GiB for registers that are not prefetchable, and
   * one for those that are, which may lie above 4 GiB when all of them are 64-bit. A window is
   * aligned to the largest register in it; SeaBIOS makes it a multiple of that, too (pciinit.c,
   * pci_bios_check_devices), so 128 GiB and 32 MiB behind one port take 256 GiB. A port's reserve
   * counts instead when it is larger than what is behind it; OVMF makes it a power of two, aligned to itself
   * (PciHotPlugInit.c, SetMmioPadding). SeaBIOS gives every port both windows, for what is plugged
   * in later. A port has a register of its own, for its interrupts.
   */
  private static final long PAGE = 4096;
  private static final Comparator<Inner> LARGEST_BAR_FIRST =
      Comparator.comparingLong((Inner inner) -> inner.bar().bytes()).reversed();

  private final QemuFirmware firmware;
  private final List<PciItem> items = new ArrayList<>();

  private PciNeeds(QemuFirmware firmware) {
    this.firmware = firmware;
  }

  /** What a scene's functions need when its ports reserve that much, largest alignment first. */
  static List<PciItem> of(Scene scene, QemuFirmware firmware, List<RootPort> ports) {
    PciNeeds needs = new PciNeeds(firmware);
    Map<String, List<GuestFunction>> behind = new LinkedHashMap<>();
    for (RootPort port : ports) {
      behind.put(port.name(), new ArrayList<>());
    }
    for (GuestFunction function : GuestFunctions.of(scene).all()) {
      List<GuestFunction> there = behind.get(portOf(function));
      if (there == null) {
        function.memoryBars().forEach(bar -> needs.register(function, bar));
      } else {
        there.add(function);
      }
    }
    ports.forEach(needs::own);
    // SeaBIOS adds the windows of the highest bus first (pci_bios_check_devices).
    for (int i = ports.size() - 1; i >= 0; i--) {
      needs.windows(ports.get(i), behind.getOrDefault(ports.get(i).name(), List.of()));
    }
    needs.items.sort(PciItem.LARGEST_FIRST);
    return needs.items;
  }

  private static String portOf(GuestFunction function) {
    PciAssignment assigned = function.assigned();
    Stated<String> port = assigned == null ? null : assigned.port();
    return port == null ? "" : port.value();
  }

  /** Whether a register may lie above 4 GiB behind a port. */
  static boolean isWide(Bar bar) {
    return bar.space() == Bar.Space.MEMORY_64 && bar.prefetchable();
  }

  /**
   * Whether a register on the root bus may lie above 4 GiB. SeaBIOS keeps those of xHCI controllers
   * below, because it uses them itself (pci_bios_get_bar).
   */
  private boolean isWideAtRoot(GuestFunction function, Bar bar) {
    return bar.space() == Bar.Space.MEMORY_64
        && (bar.prefetchable() || firmware == QemuFirmware.OVMF || !function.isUsbController());
  }

  private static String kind(Bar bar) {
    return (bar.space() == Bar.Space.MEMORY_64 ? "64-bit" : "32-bit")
        + (bar.prefetchable() ? " prefetchable" : "");
  }

  private void register(GuestFunction function, Bar bar) {
    long bytes = Math.max(bar.bytes(), PAGE);
    Statement statement =
        Statement.required(
            "P2",
            "%s takes %s, aligned to that (%s)"
                .formatted(function.label(bar), Sizes.size(bar.bytes()), kind(bar)),
            bar.origin());
    items.add(
        new PciItem(
            function.label(bar),
            bytes,
            bytes,
            bar.prefetchable(),
            isWideAtRoot(function, bar),
            List.of(),
            statement,
            changes(List.of(new Inner(function, bar)))));
  }

  /** The register of a port for its interrupts (QEMU hw/pci-bridge/gen_pcie_root_port.c). */
  private void own(RootPort port) {
    String name = "BAR 0 of " + port.name();
    Statement statement =
        Statement.required("P3", "%s takes 4 KiB (32-bit)".formatted(name), port.origin());
    items.add(new PciItem(name, PAGE, PAGE, false, false, List.of(), statement, List.of()));
  }

  private void windows(RootPort port, List<GuestFunction> functions) {
    List<Inner> plain = new ArrayList<>();
    List<Inner> prefetchable = new ArrayList<>();
    for (GuestFunction function : functions) {
      for (Bar bar : function.memoryBars()) {
        (bar.prefetchable() ? prefetchable : plain).add(new Inner(function, bar));
      }
    }
    window(port, plain, port.memoryBytes(), false, false);
    boolean wide = prefetchable.stream().allMatch(inner -> isWide(inner.bar()));
    if (firmware == QemuFirmware.SEABIOS
        || !prefetchable.isEmpty()
        || port.prefetchableBytes() > 0) {
      window(port, prefetchable, port.prefetchableBytes(), true, wide);
    }
  }

  /** What a window of a port is called. */
  static String windowName(RootPort port, boolean prefetchable) {
    return (prefetchable ? "prefetchable window of " : "memory window of ") + port.name();
  }

  private void window(
      RootPort port, List<Inner> inner, long reserve, boolean prefetchable, boolean wide) {
    String name = windowName(port, prefetchable);
    inner.sort(LARGEST_BAR_FIRST);
    long align = firmware.bridgeStep();
    long sum = 0;
    for (Inner one : inner) {
      align = Math.max(align, one.bar().bytes());
      sum += Math.max(one.bar().bytes(), PAGE);
    }
    long step = firmware == QemuFirmware.SEABIOS ? align : firmware.bridgeStep();
    long needed = ByteRange.roundUp(Math.max(sum, 1), step);
    long kept = firmware.reserved(reserve);
    long bytes = ByteRange.roundUp(Math.max(needed, kept), step);
    align = Math.max(align, firmware.reserveAlign(kept));
    Inner first = inner.isEmpty() ? null : inner.get(0);
    String why =
        reserve >= needed || first == null
            ? reserve == 0 ? "" : " (reserved)"
            : " for "
                + inner.stream()
                    .map(one -> "%s (%s)".formatted(label(one), Sizes.size(one.bar().bytes())))
                    .collect(Collectors.joining(", "));
    Statement statement =
        Statement.required(
            "P3",
            "%s takes %s, aligned to %s%s"
                .formatted(name, Sizes.size(bytes), Sizes.size(align), why),
            first == null || reserve >= needed ? port.origin() : first.bar().origin());
    items.add(
        new PciItem(name, bytes, align, prefetchable, wide, inner, statement, changes(inner)));
  }

  private static String label(Inner inner) {
    return inner.function().label(inner.bar());
  }

  /** Devices that could stay out, and registers that could be smaller. */
  private static List<Change> changes(List<Inner> inner) {
    Map<String, Change> found = new LinkedHashMap<>();
    for (Inner one : inner) {
      PciAssignment assigned = one.function().assigned();
      if (assigned == null) {
        continue;
      }
      for (long size : one.bar().resizableTo()) {
        if (size < one.bar().bytes()) {
          Change smaller = BarChanges.resized(one.function(), assigned, one.bar(), size);
          found.put(smaller.key(), smaller);
        }
      }
      Change drop = DeviceChanges.drop(assigned);
      found.put(drop.key(), drop);
    }
    return List.copyOf(found.values());
  }

  /** Where the last of them ends when firmware packs them from {@code start}. */
  static long packedEnd(List<PciItem> wide, long start) {
    long at = start;
    for (PciItem item : wide) {
      at = ByteRange.roundUp(at, item.align()) + item.bytes();
    }
    return at;
  }
}
