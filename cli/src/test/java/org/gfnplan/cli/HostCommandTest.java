package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.HostJson;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCommandTest {
  @TempDir private Path folder;

  @Test
  void showsWhatTheTablesSay() {
    Run run = Run.of("host", "examples/igd-laptop/host");
    assertEquals(ExitCode.LAYOUT, run.exit());
    assertTrue(run.out().contains("0x7b800000..0x80000000 (72 MiB)"), run.out());
    assertTrue(run.out().contains("address width: 39 bits"), run.out());
  }

  @Test
  void saysThatNothingIsKnownRatherThanNone() throws IOException {
    Path map = folder.resolve("dmesg.txt");
    Files.writeString(map, "BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable\n");
    Run run = Run.of("host", map.toString());
    assertTrue(run.out().contains("not known"), run.out() + run.err());
  }

  @Test
  void aPathThatIsNotThereIsUnusable() {
    Run run = Run.of("host", "no/such/host");
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().startsWith("error: no/such/host: "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void anUnusableHostHasNoDocument() throws IOException {
    Path document = folder.resolve("host.json");
    Run run = Run.of("host", "no/such/host", "--format", "json", "--output", document.toString());
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertEquals("", run.out() + Files.readString(document));
    assertEquals(
        "", Run.of("host", "no/such/host", "--format", "json").out(), "on standard output");
  }

  @Test
  void everyHostOfTheCorpusReadsTheSameFromItsDocument() throws IOException, UnusableInput {
    String shared = System.getenv("GFNPLAN_SHARED");
    Assumptions.assumeTrue(shared != null, "GFNPLAN_SHARED is not set");
    try (Stream<Path> hosts = Files.list(Path.of(shared, "corpus", "hosts"))) {
      for (Path host : hosts.filter(Files::isDirectory).sorted().toList()) {
        String document = HostJson.pretty(HostReader.read(List.of(host)));
        Path written = folder.resolve("host.json");
        Files.writeString(written, document);
        assertEquals(document, HostJson.pretty(HostReader.read(List.of(written))), host.toString());
      }
    }
  }

  @Test
  void everyOtherFileOfTheCorpusReadsTheSameFromItsDocument() throws IOException, UnusableInput {
    String shared = System.getenv("GFNPLAN_SHARED");
    Assumptions.assumeTrue(shared != null, "GFNPLAN_SHARED is not set");
    Path corpus = Path.of(shared, "corpus");
    try (Stream<Path> files = Files.walk(corpus)) {
      List<Path> read =
          files
              .filter(
                  file ->
                      file.toString()
                          .matches(
                              ".*/(lspci|iomem|reserved_regions|ndctl)[^/]*[.](txt|json)|.*/nfit/.*[.]dat"))
              .sorted()
              .toList();
      assertTrue(read.size() >= 12, read::toString);
      for (Path file : read) {
        String document = HostJson.pretty(HostReader.read(List.of(file)));
        Path written = folder.resolve("host.json");
        Files.writeString(written, document);
        assertEquals(document, HostJson.pretty(HostReader.read(List.of(written))), file.toString());
      }
    }
  }

  @Test
  void showsDevicesReservedAddressesAndPersistentMemory() throws IOException {
    Path host = folder.resolve("host.yaml");
    Files.writeString(
        host,
        """
        gfnplan: host/1
        iommu_bits: 48
        cpu_physical_bits: 46
        reserved: []
        reserved_iova:
          - {start: 0xfee00000, size: 1MiB, kind: msi, group: 0}
          - {start: 0xfee00000, size: 1MiB, kind: msi, group: 1}
          - {start: 0xfee00000, size: 1MiB, kind: msi, group: 3}
        devices_complete: false
        devices:
          - address: "01:00.0"
            description: "3D controller"
            iommu_group: 3
            bars: [{bar: 1, space: memory-64, size: 16GiB, prefetchable: true,
                    resizable_to: [8GiB, 16GiB], host_address: 0x4000000000}]
        pmem: [{name: n, extents: [{start: 4GiB, size: 2GiB}]}]
        """);
    assertEquals(
        """
        host: `host.yaml`
        IOMMU translates: 48 bits
        processor's physical addresses: 46 bits
        reserved device memory: none
        addresses that devices cannot use:
          0xfee00000..0xfef00000 (1 MiB)  msi  IOMMU group 0-1, 3
        persistent memory:
          namespace `n`: 2 GiB at 0x100000000..0x180000000 (2 GiB)  %s:16
        PCI functions: 1, and maybe others
          0000:01:00.0  IOMMU group 3  3D controller
            BAR 1: 16 GiB memory-64, prefetchable, at 0x4000000000, can be 8 GiB, 16 GiB
        """
            .formatted(host.toString().replace('\\', '/')),
        Run.of("host", host.toString()).out());
  }
}
