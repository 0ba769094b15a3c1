package org.gfnplan.models.host.document;

import static org.gfnplan.models.host.HostText.host;
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
            "in:14: `memory` is not a key here, known are `address_width`, `devices`, `gfnplan`,"
                + " `iommu`, `memory_map`, `name`, `reserved`"),
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
}
