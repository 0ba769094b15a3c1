package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/**
 * An area that firmware, the toolstack or the chipset always uses. Addresses are bytes.
 *
 * @param id the statement in the rule catalogue
 * @param name what lies there
 * @param startByte the first byte
 * @param endByte one past the last byte
 * @param source the file that fixes it
 */
record FixedArea(String id, String name, long startByte, long endByte, String source) {
  private static final String IOREQ_PAGES = "F10";
  private static final String SPECIAL_PAGES = "F11";
  private static final long MOST_VCPUS = 128;

  /** Below 1 MiB in an HVM guest; low RAM surrounds these. */
  static final List<FixedArea> HVM_LEGACY =
      List.of(
          new FixedArea(
              "F1",
              "VGA hole",
              XenLayout.VGA_HOLE_START,
              XenLayout.VGA_HOLE_END,
              "libxl_internal.h LIBXL_VGA_HOLE_SIZE"),
          new FixedArea(
              "F2",
              "BIOS area",
              XenLayout.VGA_HOLE_END,
              XenLayout.LEGACY_END,
              "hvmloader config.h"));

  /** Below 4 GiB in an HVM guest with a device model. */
  private static final List<FixedArea> HVM_TOP =
      List.of(
          // Ten to fourteen pages of at most 256 are in use; past those a real Xen boots.
          new FixedArea("F3", "ACPI tables", 0xfc00_0000L, 0xfc01_0000L, "hvmloader config.h"),
          new FixedArea(
              "F4", "hvmloader dynamic area", 0xfc10_0000L, 0xfe00_0000L, "hvmloader config.h"),
          new FixedArea("F5", "GUEST_RESERVED", 0xfe70_0000L, 0xfe80_0000L, "hvmloader config.h"),
          new FixedArea("F6", "IOAPIC", 0xfec0_0000L, 0xfec0_1000L, "vioapic.h"),
          new FixedArea("F7", "HPET", 0xfed0_0000L, 0xfed0_1000L, "acpi2_0.h"),
          new FixedArea("F8", "TPM", 0xfed4_0000L, 0xfed6_0000L, "acpi2_0.h"),
          new FixedArea("F9", "LAPIC", 0xfee0_0000L, 0xfee0_1000L, "libxl_arch.h"),
          new FixedArea(
              IOREQ_PAGES, "ioreq server pages", 0xfeff_0000L, 0xfeff_8000L, "xg_dom_x86.c"),
          new FixedArea(
              SPECIAL_PAGES,
              "special pages",
              XenLayout.SPECIAL_PAGES_START,
              XenLayout.SPECIAL_PAGES_END,
              "xenguest.h"));

  /** The OVMF image, rounded up to the 4 MiB that the largest builds take. */
  private static final FixedArea OVMF_IMAGE =
      new FixedArea("F12", "OVMF image", 0xffc0_0000L, XenLayout.FOUR_GIB, "hvmloader ovmf.c");

  /** The areas below 4 GiB of an HVM guest with its firmware. */
  static List<FixedArea> top(Guest guest) {
    List<FixedArea> areas = new ArrayList<>(HVM_TOP);
    areas.set(0, HVM_TOP.get(0).longerBy(nodeTables(guest.memory().nodes().size())));
    if (guest.firmware().value().equals("ovmf")) {
      areas.add(OVMF_IMAGE);
    }
    return List.copyOf(areas);
  }

  /** Bytes of SRAT and SLIT beyond the page that is left beside the other tables (libacpi). */
  private static long nodeTables(long nodes) {
    long srat = 48 + 16 * MOST_VCPUS + 40 * (nodes + 1);
    long slit = 44 + nodes * nodes;
    return nodes == 0 ? 0 : Gfn.toBytes(Gfn.floor(srat + slit - 1));
  }

  private FixedArea longerBy(long bytes) {
    return new FixedArea(id, name, startByte, endByte + bytes, source);
  }

  /**
   * Whether Xen makes these pages before devices are assigned: then it refuses a strict mapping and
   * leaves out a relaxed one. Any other area is made later, or is not there for Xen at all.
   */
  boolean isMadeFirst() {
    return id.equals(IOREQ_PAGES) || id.equals(SPECIAL_PAGES);
  }

  /**
   * Whether Xen has pages here while the guest runs. Registers that Xen emulates are no pages, and
   * neither are areas that are only kept free.
   */
  private boolean hasPages() {
    return !Set.of("F1", "F5", "F6", "F7", "F8").contains(id);
  }

  /** The names of areas without pages,: Xen maps whatever comes there. */
  static final Set<String> WITHOUT_PAGES =
      Stream.of(HVM_LEGACY, HVM_TOP)
          .flatMap(List::stream)
          .filter(area -> !area.hasPages())
          .map(FixedArea::name)
          .collect(Collectors.toUnmodifiableSet());

  /** Below 4 GiB in a PVH guest. */
  static final List<FixedArea> PVH_TOP =
      List.of(
          new FixedArea("F3", "ACPI tables", 0xfc00_0000L, 0xfc01_2000L, "libxl_x86_acpi.c"),
          new FixedArea("F9", "LAPIC", 0xfee0_0000L, 0xfee0_1000L, "libxl_arch.h"),
          new FixedArea(
              SPECIAL_PAGES,
              "special pages",
              XenLayout.SPECIAL_PAGES_START,
              XenLayout.SPECIAL_PAGES_END,
              "xenguest.h"));

  GfnRange range() {
    return GfnRange.coveringBytes(startByte, endByte);
  }

  Origin origin() {
    return Origin.builtIn(source, name);
  }

  MapEntry entry() {
    return new MapEntry(name, "firmware", range(), origin());
  }
}
