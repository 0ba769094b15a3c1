package org.gfnplan.models.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.Reading;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.xen.Extents;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

class XenExportTest {
  private static final String HOST =
      """
      gfnplan: host/1
      name: h
      iommu: intel
      reserved:
        - {start: 0x7b800000, end: 0x80000000, devices: ["0000:00:02.0"]}
        - {start: 0x90000000, end: 0x90010000, devices: ["0000:00:14.0"]}
      devices:
        - address: "0000:00:02.0"
          bars:
            - {bar: 0, space: memory-64, size: 16MiB, host_address: 0xa0000000}
            - {bar: 2, space: memory-64, size: 4GiB}
        - address: "0000:00:14.0"
      """;

  /** A guest whose RAM ends there; entries of its map as {@code kind, start, end, name}. */
  private static Planned planned(
      Guest guest, PlatformName platform, long lowEnd, long highEnd, Object[]... entries)
      throws UnusableInput {
    Host host = HostReader.readText("h", HOST.getBytes(StandardCharsets.UTF_8));
    List<MapEntry> map = new ArrayList<>();
    for (Object[] entry : entries) {
      map.add(
          new MapEntry(
              (String) entry[3],
              (String) entry[0],
              GfnRange.coveringBytes((long) entry[1], (long) entry[2]),
              Origin.builtIn("test", "")));
    }
    List<E820Entry> e820 = new ArrayList<>();
    e820.add(new E820Entry(XenLayout.HVM_LOW_MAP_START, lowEnd, E820Entry.RAM));
    if (highEnd != 0) {
      e820.add(new E820Entry(XenLayout.FOUR_GIB, highEnd, E820Entry.RAM));
    }
    Settings none = new Settings("xl.cfg", List.of());
    return new Planned(
        platform,
        new Scene(host, guest),
        new Realised(none, lowEnd, highEnd, map, e820, List.of(), List.of(), List.of()));
  }

  private static String export(ExportFormat format, Planned planned) throws UnusableInput {
    return new String(Export.of(format, planned), StandardCharsets.UTF_8);
  }

  @Test
  void anHvmGuestSeesWhatHvmloaderMakesOfTheMap() throws UnusableInput {
    Planned planned = planned(Reading.xl(), PlatformName.XEN_HVM, 0x7b80_0000L, 0x1_8400_0000L);
    assertEquals(
        """
        BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
        BIOS-e820: [mem 0x00000000000c0000-0x00000000000fffff] reserved
        BIOS-e820: [mem 0x0000000000100000-0x000000007b7fffff] usable
        BIOS-e820: [mem 0x00000000fc000000-0x00000000fc00afff] ACPI NVS
        BIOS-e820: [mem 0x00000000fc00b000-0x00000000ffffffff] reserved
        BIOS-e820: [mem 0x0000000100000000-0x0000000183ffffff] usable
        """,
        export(ExportFormat.E820, planned));
  }

  /** OVMF's image is populated page by page, and what Xen does not give comes from high RAM. */
  @Test
  void ovmfTakesItsPagesFromTheTopOfRam() throws UnusableInput {
    Planned planned =
        planned(Reading.xl("bios = 'ovmf'"), PlatformName.XEN_HVM, 0x7b80_0000L, 0x1_8400_0000L);
    String map = export(ExportFormat.E820, planned);
    assertTrue(map.contains("-0x0000000183d03fff] usable"), map);
    assertTrue(map.contains("0x00000000000f0000-0x00000000000fffff] reserved"), map);
  }

  @Test
  void aGuestTooSmallForHvmloaderIsRefused() throws UnusableInput {
    Planned planned = planned(Reading.xl(), PlatformName.XEN_HVM, 0x10_0000L, 0);
    assertThrows(UnusableInput.class, () -> Export.of(ExportFormat.E820, planned));
  }

  @Test
  void everyOtherGuestSeesThePlannedMap() throws UnusableInput {
    Planned planned = planned(Reading.xl(), PlatformName.IDEAL, 0x7b80_0000L, 0);
    assertEquals(
        "BIOS-e820: [mem 0x0000000000100000-0x000000007b7fffff] usable\n",
        export(ExportFormat.E820, planned));
  }

  @Test
  void xenstoreHoldsTheHoleInBytes() throws UnusableInput {
    assertEquals(
        """
        ~/hvmloader/bios = "seabios"
        ~/hvmloader/allow-memory-relocate = "0"
        ~/platform/device-model = "qemu_xen"
        ~/platform/acpi = "1"
        ~/platform/mmio_hole_size = "2222981120"
        """,
        XenstoreText.of(Reading.xl("mmio_hole = 2120")));
    Guest pvh = Reading.guest("name = 'p'\ntype = 'pvh'\nmemory = 512\n");
    assertThrows(UnusableInput.class, () -> XenstoreText.of(pvh));
  }

  @Test
  void ramIsCutIntoAsManyExtentsAsLibxcPopulates() throws UnusableInput {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int step = random.nextInt(3) * 9;
      long low = (0x200 + random.nextLong(0xf_0000 - 0x400)) >> step << step << 12;
      long high =
          random.nextBoolean()
              ? 0
              : XenLayout.FOUR_GIB + ((1 + random.nextLong(1 << 21)) >> step << step << 12);
      long lowEnd = Math.max(low, 2 * XenLayout.MIB);
      long highEnd = high == XenLayout.FOUR_GIB ? 0 : high;
      List<P2mRun> runs =
          P2mExtents.of(planned(Reading.xl(), PlatformName.XEN_HVM, lowEnd, highEnd));
      Extents expected = Extents.of(Guest.Type.HVM, lowEnd, highEnd);
      String which = "seed %d case %d: 0x%x 0x%x".formatted(seed, i, lowEnd, highEnd);
      assertEquals(expected, new Extents(sum(runs, 0), sum(runs, 9), sum(runs, 18)), which);
      assertEquals(List.of(), faults(runs), which);
    }
  }

  private static long sum(List<P2mRun> runs, int order) {
    return runs.stream().filter(run -> run.order() == order).mapToLong(P2mRun::count).sum();
  }

  /** Runs that are not aligned, or meet the one before. */
  private static List<P2mRun> faults(List<P2mRun> runs) {
    List<P2mRun> found = new ArrayList<>();
    long end = 0;
    for (P2mRun run : runs) {
      if (run.gfn() < end || run.gfn() % (1L << run.order()) != 0) {
        found.add(run);
      }
      end = run.end();
    }
    return found;
  }

  @Test
  void reservedMemoryOfAssignedDevicesIsMappedToItself() throws UnusableInput {
    Planned planned =
        planned(
            Reading.xl("pci = [ '00:02.0' ]", "rdm = 'strategy=host'"),
            PlatformName.XEN_HVM,
            0x7b80_0000L,
            0x1_8400_0000L,
            new Object[] {"rdm", 0x7b80_0000L, 0x8000_0000L, "RMRR 0x7b800000"},
            new Object[] {"rdm", 0x9000_0000L, 0x9001_0000L, "RMRR 0x90000000"},
            new Object[] {"firmware", 0xfeff_8000L, 0xff00_0000L, "special pages"},
            new Object[] {"hole", 0x8000_0000L, 0x9000_0000L, "PCI window"},
            new Object[] {"bar", 0xf300_0000L, 0xf400_0000L, "BAR 0 of 00:02.0"},
            new Object[] {"bar", 0xf000_0000L, 0xf200_0000L, "BAR 0 of cirrus-vga"},
            new Object[] {"bar", 0x2_0000_0000L, 0x3_0000_0000L, "BAR 2 of 00:02.0"},
            new Object[] {"qemu", 0x1_8400_0000L, 0x1_8481_0000L, "QEMU video memory"});
    assertEquals(
        """
        {"gfn":"0x0","mfn":"ram","order":0,"count":160,"type":"ram","name":"low RAM"}
        {"gfn":"0xc0","mfn":"ram","order":0,"count":320,"type":"ram","name":"low RAM"}
        {"gfn":"0x200","mfn":"ram","order":9,"count":511,"type":"ram","name":"low RAM"}
        {"gfn":"0x40000","mfn":"ram","order":9,"count":476,"type":"ram","name":"low RAM"}
        {"gfn":"0x7b800","mfn":"0x7b800","order":0,"count":18432,"type":"rdm","name":"RMRR 0x7b800000"}
        {"gfn":"0xf3000","mfn":"0xa0000","order":0,"count":4096,"type":"mmio","name":"BAR 0 of 00:02.0"}
        {"gfn":"0xfeff8","mfn":"ram","order":0,"count":8,"type":"special","name":"special pages"}
        {"gfn":"0x100000","mfn":"ram","order":18,"count":2,"type":"ram","name":"high RAM"}
        {"gfn":"0x180000","mfn":"ram","order":9,"count":32,"type":"ram","name":"high RAM"}
        {"gfn":"0x184000","mfn":"ram","order":0,"count":2064,"type":"ram","name":"QEMU video memory"}
        {"gfn":"0x200000","mfn":"unknown","order":0,"count":1048576,"type":"mmio","name":"BAR 2 of 00:02.0"}
        """,
        export(ExportFormat.P2M, planned));
  }

  @Test
  void theNfitHasTheWindowsOfTheLayoutBySlot() throws UnusableInput {
    Guest guest =
        Reading.guest(
            """
            gfnplan: guest/1
            name: g
            platform: ideal
            memory: 4GiB
            pmem:
              - {name: b, size: 1GiB, slot: 1}
              - {name: a, size: 1GiB}
              - {name: d, kind: dimm, size: 1GiB}
            """);
    Planned planned =
        planned(
            guest,
            PlatformName.IDEAL,
            0x7b80_0000L,
            0,
            new Object[] {"pmem", 0x1_0000_0000L, 0x1_4000_0000L, "b"},
            new Object[] {"pmem", 0x2_0000_0000L, 0x2_4000_0000L, "a"});
    assertEquals(
        List.of(
            new NfitWindow(0x2_0000_0000L, 0x4000_0000L, 0, 0, false),
            new NfitWindow(0x1_0000_0000L, 0x4000_0000L, 1, 0, false)),
        MemoryDevices.nfit(planned));
    assertEquals(List.of(1, 0, 2), MemoryDevices.slots(guest.pmem()));
  }

  @Test
  void aFormThatAPlatformDoesNotHaveIsRefused() throws UnusableInput {
    Planned ideal = planned(Reading.xl(), PlatformName.IDEAL, 0x7b80_0000L, 0);
    for (ExportFormat format :
        List.of(
            ExportFormat.XL,
            ExportFormat.QEMU,
            ExportFormat.LIBVIRT,
            ExportFormat.XENSTORE,
            ExportFormat.NFIT)) {
      assertThrows(UnusableInput.class, () -> Export.of(format, ideal), format.word());
    }
  }

  @Test
  void aSettingThatNoExportKnowsIsABug() {
    Settings unknown = new Settings("x", List.of(Setting.of("novel", 1L, "novel = 1")));
    assertThrows(IllegalArgumentException.class, () -> ConfiguredGuest.of(Reading.xl(), unknown));
  }
}
