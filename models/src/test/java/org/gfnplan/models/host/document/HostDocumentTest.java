package org.gfnplan.models.host.document;

import static org.gfnplan.models.host.HostText.bars;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.iova;
import static org.gfnplan.models.host.HostText.pmem;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Node;
import org.junit.jupiter.api.Test;

class HostDocumentTest {
  private static final String YAML =
      """
      gfnplan: host/1
      name: igd-laptop
      iommu: intel
      address_width: 39
      reserved:
        - start: 0x7b800000
          end: 0x80000000
          kind: rmrr
          devices: ["0000:00:02.0"]
        - {start: 1954M, size: 128K, devices: ["00:14.0", "0000:00:1c.0/00.0"]}
      memory_map:
        - {start: 0, size: 4GiB, type: usable}
      devices: ["0000:00:02.0", "0000:00:14.0"]
      """;

  @Test
  void everyKeyIsRead() {
    Host host = host(YAML);
    assertEquals("igd-laptop", host.name());
    assertEquals(Host.Iommu.INTEL, host.iommu());
    assertEquals(39, host.addressWidth().value());
    assertTrue(host.reservedKnown());
    assertEquals(
        List.of(
            "RMRR 0x7a200000-0x7a21ffff [0000:00:14.0, 0000:00:1c.0/00.0]",
            "RMRR 0x7b800000-0x7fffffff [0000:00:02.0]"),
        reserved(host));
    assertEquals("in:6", host.reserved().get(1).origin().shortForm());
    assertEquals(1L << 32, host.memoryMap().get(0).endByte());
    assertEquals(2, host.devices().size());
  }

  @Test
  void jsonSaysTheSame() {
    Host host =
        host(
            """
            {"gfnplan": "host/1", "iommu": "amd", "reserved": [
              {"start": "0x1000", "end": 8192, "devices": ["0000:00:00.0-0000:0f:1f.7"]},
              {"start": "0x4000", "end": "0x5000", "kind": "ivmd-exclusion", "devices": []}]}
            """);
    assertEquals(
        List.of(
            "IVMD_UNITY 0x1000-0x1fff [0000:00:00.0-0000:0f:1f.7]",
            "IVMD_EXCLUSION 0x4000-0x4fff []"),
        reserved(host));
    assertEquals("in", host.name());
  }

  @Test
  void anEmptyListIsKnownToBeEmptyAndNoListIsNot() {
    assertTrue(host("gfnplan: host/1\nreserved: []\n").reservedKnown());
    Host unknown = host("gfnplan: host/1\n");
    assertFalse(unknown.reservedKnown());
    assertNull(unknown.devices());
    assertNull(unknown.addressWidth());
    assertEquals(List.of(), host("gfnplan: host/1\ndevices: []\n").devices());
  }

  @Test
  void allThatIsWrongIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:2: `iommu` must be one of `amd`, `intel`, this is `arm`",
            "in:3: `address_width` must be from 32 to 52, this is 99",
            "in:5: range 0x2000..0x1000 ends before it starts",
            "in:6: reserved memory 0x1800..0x2000 must start and end on a 4 KiB boundary",
            "in:7: either `end` or `size` must be given",
            "in:8: `start` is missing",
            "in:9: `devcies` is not a key here, `devices` is",
            "in:10: a device must be like `0000:00:02.0`, this is `0000:00:20.0`",
            "in:10: a device must be like `0000:00:02.0`, this is a number",
            "in:11: each of `reserved` must be a map, this is a number",
            "in:13: `name` is given twice, first in in:12",
            "in:14: `memory` is not a key here, known are `address_width`, `cpu_physical_bits`,"
                + " `devices`, `devices_complete`, `gfnplan`, `iommu`, `iommu_bits`, `memory_map`,"
                + " `name`, `pmem`, `reserved`, `reserved_iova`"),
        problems(
            """
            gfnplan: host/1
            iommu: arm
            address_width: 99
            reserved:
              - {start: 0x2000, end: 0x1000}
              - {start: 0x1800, end: 0x2000}
              - {start: 0x1000, end: 0x2000, size: 4K}
              - {end: 0x2000}
              - {start: 0x1000, end: 0x2000, devcies: []}
              - {start: 0x1000, end: 0x2000, devices: ["0000:00:20.0", 3]}
              - 17
            name: one
            name: two
            memory: 4G
            """));
  }

  @Test
  void rangesBeyondTheAddressWidthAreProblems() {
    assertEquals(
        List.of("in:3: range 0xffffff000..0x1000001000 is beyond the host's 36 address bits"),
        problems(
            "gfnplan: host/1\naddress_width: 36\nreserved: [{start: 0xffffff000, size: 8K}]\n"));
    assertEquals(
        List.of(
            "in:2: range 0x10000000000000..0x10000000001000 is beyond the host's 52 address bits"),
        problems("gfnplan: host/1\nreserved: [{start: 0x10000000000000, size: 4K}]\n"));
  }

  @Test
  void anotherVersionIsAProblem() {
    assertEquals(
        List.of("in:1: `gfnplan` must be `host/1`, this is `host/2`"), problems("gfnplan: host/2"));
    assertEquals(
        List.of("in: is a gfnplan document of kind `guest/1`, a host has `host/1`"),
        problems("gfnplan: guest/1\n"));
  }

  @Test
  void aBombOfAnchorsIsAProblemAndNotABomb() {
    StringBuilder bomb = new StringBuilder("gfnplan: host/1\na0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    List<String> problems = problems(bomb.toString());
    assertTrue(problems.contains("in:2: the YAML anchor `&a0` cannot be used"), problems::toString);
  }

  @Test
  void whatSteersATerminalIsNotRepeated() {
    assertEquals(
        List.of("in:1: `iommu` must be one of `amd`, `intel`, this is ` [31m`"),
        problems("{\"gfnplan\": \"host/1\", \"iommu\": \"\\u001b[31m\"}"));
  }

  @Test
  void aBrokenDocumentIsAProblemWithItsLine() {
    assertTrue(problems("{\"gfnplan\": \"host/1\", \"reserved\": [}").get(0).startsWith("in:1: "));
    assertTrue(problems("gfnplan: host/1\nreserved: [\n").get(0).startsWith("in:"));
    assertEquals(
        List.of("in+0x10: binary data where text is expected"), problems("gfnplan: host/1\n\0\n"));
  }

  @Test
  void aDocumentWithinADocumentIsRead() throws Exception {
    List<InputProblem> problems = new ArrayList<>();
    Node root = DocumentReader.read("batch", YAML.getBytes(StandardCharsets.UTF_8), problems);
    assertEquals(List.of(), problems);
    assertEquals(reserved(host(YAML)), reserved(HostReader.readNode("batch", root)));
  }

  @Test
  void devicesMayHaveRegistersAndGroups() {
    Host host =
        host(
            """
            gfnplan: host/1
            devices_complete: false
            devices:
              - "00:1f.0"
              - address: "01:00.0"
                description: 3D controller
                iommu_group: 4
                bars:
                  - {bar: 1, space: memory-64, size: 16GiB, prefetchable: true,
                     resizable_to: [32GiB, 256MiB], host_address: 0x4000000000}
                  - {bar: 0, space: memory-32, size: 16M}
            """);
    assertEquals(
        List.of(
            "0000:01:00.0 0 MEMORY_32 0x1000000",
            "0000:01:00.0 1 MEMORY_64 0x400000000 prefetchable at 0x4000000000 [268435456,"
                + " 34359738368]"),
        bars(host));
    assertFalse(host.devicesComplete());
    assertFalse(host.devices().get(0).barsKnown());
    assertTrue(host.devices().get(1).barsKnown());
    assertEquals(4, host.devices().get(1).iommuGroup());
  }

  @Test
  void persistentMemoryHasExtents() {
    Host host =
        host(
            """
            gfnplan: host/1
            iommu_bits: 48
            cpu_physical_bits: 46
            reserved_iova: [{start: 0xfee00000, size: 1MiB, kind: msi, group: 3}]
            pmem:
              - {name: r, kind: region, extents: [{start: 4GiB, size: 4GiB}]}
              - {name: n, size: 1GiB, extents: [{start: 4GiB, size: 2GiB}]}
              - name: /mnt/vm.img
                kind: file
                size: 3MiB
                extents: [{start: 0x180000000, size: 2M}, {start: 0x140000000, size: 2M}]
            """);
    assertEquals(
        List.of(
            "region `r` 0x100000000 [0x100000000..0x200000000]",
            "namespace `n` 0x40000000 [0x100000000..0x180000000]",
            "file `/mnt/vm.img` 0x300000 [0x180000000..0x180200000, 0x140000000..0x140200000]"),
        pmem(host));
    assertEquals(List.of("0xfee00000-0xfeefffff msi 3"), iova(host));
    assertEquals(48, host.iommuBits().value());
    assertEquals(46, host.cpuPhysicalBits().value());
  }

  @Test
  void devicesThatCannotBeAreProblems() {
    assertEquals(
        List.of("in:2: `devices_complete` without `devices` says nothing"),
        problems("gfnplan: host/1\ndevices_complete: true\n"));
    assertEquals(
        List.of(
            "in:4: device 0000:00:02.0 is given twice, first in in:3",
            "in:7: BAR 0: size of 3 MiB is no power of two",
            "in:8: BAR 1: size of 4096 TiB is above 2048 TiB",
            "in:9: `space` is missing",
            "in:11: BAR 3 is given twice",
            "in:12: size of 3 MiB is no power of two"),
        problems(
            """
            gfnplan: host/1
            devices:
              - "00:02.0"
              - "0000:00:02.0"
              - address: "00:03.0"
                bars:
                  - {bar: 0, space: memory-32, size: 3M}
                  - {bar: 1, space: memory-64, size: 4096T}
                  - {bar: 2, size: 1M}
                  - {bar: 3, space: io, size: 16}
                  - {bar: 3, space: io, size: 16}
                  - {bar: 4, space: memory-64, size: 1M, resizable_to: [3M]}
            """));
  }

  @Test
  void extentsThatCannotBeAreProblems() {
    assertEquals(
        List.of(
            "in:5: file `a` has 3 MiB, its extents hold 2 MiB",
            "in:6: `size` is missing",
            "in:7: `extents` is empty",
            "in:8: range 0x2000..0x1000 ends before it starts"),
        problems(
            """
            gfnplan: host/1
            pmem:
              - {name: r, kind: region, extents: [{start: 4GiB, size: 4GiB}]}
              - {name: n, extents: [{start: 4GiB, size: 2GiB}]}
              - {name: a, kind: file, size: 3M, extents: [{start: 4GiB, size: 2M}]}
              - {name: b, kind: file, extents: [{start: 5GiB, size: 2M}]}
              - {name: c, extents: []}
              - {name: d, extents: [{start: 0x2000, end: 0x1000}]}
            """));
    assertEquals(
        List.of(
            "in:4: extent 0x100100000..0x100300000 of file `a` overlaps extent"
                + " 0x100000000..0x100200000 of file `a` in in:4",
            "in:5: extent 0x1fff00000..0x200100000 of file `b` lies outside the host's persistent"
                + " memory",
            "in:6: namespace `n` is given twice, first in in:3",
            "in:7: extent 0x300000000..0x300001000 of namespace `m` lies outside the host's"
                + " persistent memory"),
        problems(
            """
            gfnplan: host/1
            pmem: [{name: r, kind: region, extents: [{start: 4GiB, size: 4GiB}]},
              {name: n, extents: [{start: 5GiB, size: 1GiB}]},
              {name: a, kind: file, size: 4M, extents: [{start: 4GiB, size: 2M}, {start: 4097M, size: 2M}]},
              {name: b, kind: file, size: 2M, extents: [{start: 8191M, size: 2M}]},
              {name: n, extents: [{start: 6GiB, size: 1GiB}]},
              {name: m, extents: [{start: 12GiB, size: 4K}]}]
            """));
  }
}
