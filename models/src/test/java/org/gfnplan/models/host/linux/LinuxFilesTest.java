package org.gfnplan.models.host.linux;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.pmem;
import static org.gfnplan.models.host.HostText.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

/** The small listings: /proc/iomem, /proc/cpuinfo, IOMMU groups, ndctl. */
class LinuxFilesTest {
  private static final String IOMEM =
      """
      00000000-00000fff : Reserved
      00001000-0009efff : System RAM
      000a0000-000fffff : PCI Bus 0000:00
        00000000-00000000 : PCI Bus 0000:00
        000f0000-000fffff : Reserved
          000f0000-000fffff : System ROM
      00100000-7fffffff : System RAM
        01000000-01ffffff : Kernel code
        02000000-02ffffff : Reserved
      80000000-8fffffff : ACPI Non-volatile Storage
      100000000-1ffffffff : Persistent Memory
        100000000-13fffffff : namespace0.0
        140000000-1400fffff : namespace0.1
        140100000-17fffffff : dax0.1
      """;

  @Test
  void iomemIsTheMemoryMapWhereThereIsNoOther() {
    Host host = host(IOMEM);
    assertEquals(
        List.of(
            "0-1000 reserved",
            "1000-9f000 usable",
            "f0000-100000 reserved",
            "100000-80000000 usable",
            "80000000-90000000 ACPI NVS",
            "100000000-200000000 persistent (type 7)"),
        map(host));
    assertEquals("in:2", host.memoryMap().get(1).origin().shortForm());
  }

  @Test
  void persistentMemoryIsARegionWithNamespaces() {
    assertEquals(
        List.of(
            "region `pmem@0x100000000` 0x100000000 [0x100000000..0x200000000]",
            "namespace `namespace0.0` 0x40000000 [0x100000000..0x140000000]",
            "namespace `namespace0.1` 0x3ff00000 [0x140100000..0x180000000]"),
        pmem(host(IOMEM)));
  }

  @Test
  void linesOfIomemThatAreNoMapAreNoMap() {
    String lines =
        "1840000000-d53fffffff : Persistent Memory\n  1840000000-1c3fffffff : namespace0.0\n";
    assertEquals(List.of(), host(lines).memoryMap());
    assertEquals(2, host(lines).pmem().size());
  }

  @Test
  void addressesThatOnlyRootSeesAreRefused() {
    assertEquals(
        List.of("in:1: all addresses are zero, as for anybody but root; read /proc/iomem as root"),
        problems("00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n"));
  }

  @Test
  void whatIsWrongInIomemIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:2: range 0x2000-0x1fff ends before it starts",
            "in:3: line is not a range and what it is",
            "in:4: range 0x0-0x10000000000000 is beyond 52 address bits"),
        problems(
            """
            00001000-00001fff : System RAM
            00002000-00001fff : System RAM
            rubbish
            0-10000000000000 : System RAM
            """));
    assertEquals(
        List.of(
            "in:2: extent 0x2000..0x4000 of region `pmem@0x2000` overlaps extent 0x1000..0x3000 of"
                + " region `pmem@0x1000` in in:1"),
        problems("00001000-00002fff : Persistent Memory\n00002000-00003fff : Persistent Memory\n"));
  }

  @Test
  void theProcessorsAddressSizeIsKeptApart() {
    Host host =
        host(
            """
            processor\t: 0
            address sizes\t: 46 bits physical, 48 bits virtual

            processor\t: 1
            address sizes\t: 46 bits physical, 48 bits virtual
            """);
    assertEquals(46, host.cpuPhysicalBits().value());
    assertEquals("in:2", host.cpuPhysicalBits().origin().shortForm());
    assertNull(host.addressWidth());
    assertEquals(
        39,
        host("Architecture: x86_64\n  Address sizes:   39 bits physical, 48 bits virtual\n")
            .cpuPhysicalBits()
            .value());
    assertEquals(
        List.of("in:1: physical address size 99 is not within 32..52"),
        problems("address sizes : 99 bits physical, 48 bits virtual\n"));
  }

  @Test
  void unitsOfTheIommuSayHowManyBitsTheyTranslate() {
    Host host =
        host(
            """
            DMAR: Host address width 46
            DMAR: dmar0: reg_base_addr fed90000 ver 4:0 cap 1c0000c40660462 ecap 29a00f0505e
            DMAR: dmar1: reg_base_addr fed84000 ver 1:0 cap d2008c40660462 ecap f050da
            DMAR: dmar2: reg_base_addr fed85000 ver 5:0 cap d2008c402f0466 ecap f050da
            """);
    assertEquals(39, host.iommuBits().value());
    assertEquals("in:2", host.iommuBits().origin().shortForm());
    assertEquals(
        48, host("(XEN) [VT-D]  cap = d2008c402f0466 ecap = f050da.\n").iommuBits().value());
    assertEquals(
        64,
        host("AMD-Vi: Extended features (0x58f77ef22294ade, 0x0): PPR NX\n").iommuBits().value());
    assertEquals(
        List.of("in:1: 0x0 is no capability of a unit"),
        problems("DMAR: dmar0: reg_base_addr fed90000 ver 4:0 cap 0 ecap 29a00f0505e\n"));
  }

  @Test
  void groupsAreReadInEveryFormOfListing() {
    List<String> expected = List.of("0000:00:00.0 0", "0000:00:1f.3 11");
    for (String text :
        List.of(
            """
            /sys/kernel/iommu_groups/11/devices/0000:00:1f.3
            /sys/kernel/iommu_groups/0/devices/0000:00:00.0
            """,
            "IOMMU Group 0 00:00.0 Host bridge [0600]: Intel\nIOMMU Group 11 00:1f.3 Audio: x\n",
            "IOMMU Group 0:\n\t00:00.0 Host bridge [0600]: Intel\nIOMMU Group 11:\n\t00:1f.3 A\n")) {
      Host host = host(text);
      assertEquals(
          expected,
          host.devices().stream()
              .map(device -> device.address() + " " + device.iommuGroup())
              .toList(),
          text);
      assertTrue(host.devicesComplete());
      assertFalse(host.devices().get(0).barsKnown());
    }
  }

  @Test
  void ndctlAloneDoesNotSayWhere() {
    Host host = host("[{\"dev\":\"namespace1.0\",\"mode\":\"fsdax\",\"size\":2143522127872}]");
    assertEquals(List.of(), host.pmem());
    assertEquals(
        "pmem-without-address in:1: no source says where namespace `namespace1.0` is; /proc/iomem"
            + " does when root reads it",
        findings(host).stream()
            .filter(text -> !text.startsWith("reserved-memory"))
            .collect(Collectors.joining()));
  }

  @Test
  void whatIsWrongInAListOfNdctlIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:2: `size` of `namespace0.0` is no number of bytes",
            "in:3: `size` of `namespace0.1` is missing",
            "in:4: a region or namespace must be a map, this is a number"),
        problems(
            """
            {"namespaces": [
              {"dev": "namespace0.0", "size": "large"},
              {"dev": "namespace0.1"},
              17]}
            """));
  }

  @Test
  void millionsOfEmptyLinesAreRefusedAtOnce() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(1, problems("\n".repeat(4 << 20)).size()));
  }

  private static List<String> map(Host host) {
    return host.memoryMap().stream()
        .map(entry -> "%x-%x %s".formatted(entry.startByte(), entry.endByte(), entry.type()))
        .toList();
  }
}
