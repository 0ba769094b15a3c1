package org.gfnplan.models.host;

import static org.gfnplan.models.host.HostText.bars;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.iova;
import static org.gfnplan.models.host.HostText.pmem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.pci.Bar;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares listings and tables of real and emulated machines with what others read in them. */
class CorpusFilesTest {
  /** QEMU keeps a label of 128 KiB out of the range, and the rest is made of 2 MiB. */
  private static final long LABEL_BYTES = 2 << 20;

  @Test
  void lspciOfAGuestHasTheRegistersOfTheIndex() {
    JsonNode expected = expected("lspci-a100x8-guest.txt").get("bars");
    List<String> bars = new ArrayList<>();
    for (JsonNode bar : expected) {
      if (!bar.get("size").isNull()) {
        bars.add(
            "0000:%s MEMORY_%d %s%s at %s"
                .formatted(
                    bar.get("dev").asString(),
                    bar.get("bits").asInt(),
                    bar.get("size").asString(),
                    bar.get("prefetch").asBoolean() ? " prefetchable" : "",
                    bar.get("addr").asString()));
      }
    }
    assertEquals(7, bars.size());
    Host host = text("lspci-a100x8-guest.txt");
    assertEquals(
        bars, bars(host).stream().map(bar -> bar.replaceFirst(" \\d MEM", " MEM")).toList());
    assertEquals(
        List.of(true, true, false), host.devices().stream().map(HostDevice::barsKnown).toList());
  }

  @Test
  void reservedRegionsAreThoseOfTheIndex() {
    for (String name :
        List.of(
            "reserved_regions-amd-ht-hole.txt",
            "reserved_regions-arm-lx2160.txt",
            "reserved_regions-hp-dl388g8.txt")) {
      List<String> regions = new ArrayList<>();
      for (JsonNode region : expected(name).get("regions")) {
        regions.add(
            "%x-%x %s null"
                .formatted(
                    Long.decode(region.get(0).asString()),
                    Long.decode(region.get(1).asString()),
                    region.get(2).asString())
                .replaceFirst("^", "0x")
                .replace("-", "-0x")
                .replace("direct-0xrelaxable", "direct-relaxable"));
      }
      assertEquals(regions, iova(text(name)), name);
    }
  }

  @Test
  void persistentMemoryOfAServerIsThatOfTheIndex() {
    assertEquals(
        List.of(
            "region `pmem@0x1840000000` 0xbd00000000 [0x1840000000..0xd540000000]",
            "namespace `namespace0.0` 0x400000000 [0x1840000000..0x1c40000000]",
            "namespace `namespace2.0` 0x1f80000000 [0x5740000000..0x76c0000000]"),
        pmem(text("iomem-optane-server.txt")));
  }

  @Test
  void sizesOfNdctlAreJoinedWithAddressesOfIomem() throws Exception {
    Path list = Corpus.path("text/ndctl-dell-2x2t.json");
    String addresses =
        "1840000000-2133fffffff : Persistent Memory\n  1840000000-2133fffffff : namespace0.0\n";
    Path file = Files.createTempFile("iomem", ".txt");
    try {
      Host host = HostReader.read(List.of(list, Files.writeString(file, addresses)));
      JsonNode size =
          expected("ndctl-dell-2x2t.json").get("regions").get(1).get("namespaces").get(0).get(2);
      assertEquals("namespace0.0", host.pmem().get(1).name());
      assertEquals(size.asLong(), host.pmem().get(1).bytes());
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void everyBoardHasTheMemoryOfItsDescription() throws IOException {
    for (Path board : boards()) {
      JsonNode json = json(board.resolve("board.json"));
      List<String> ram = new ArrayList<>();
      for (JsonNode range : json.get("system_ram")) {
        ram.add(range.get(0).asString() + "-" + range.get(1).asString());
      }
      Host host = host(Corpus.bytes(board.resolve("iomem.txt")));
      assertEquals(
          ram,
          host.memoryMap().stream()
              .filter(entry -> entry.type().equals("usable"))
              .map(entry -> "0x%x-0x%x".formatted(entry.startByte(), entry.endByte() - 1))
              .toList(),
          board.toString());
    }
  }

  /* /proc/iomem names the function that has an address, which lspci must agree with. */
  @Test
  void everyPlacedRegisterOfABoardIsInItsIomem() throws IOException {
    int placed = 0;
    for (Path board : boards()) {
      Host host = host(Corpus.bytes(board.resolve("lspci-bars.txt")));
      Map<String, String> owners = new HashMap<>();
      for (String line : Files.readAllLines(board.resolve("iomem.txt"))) {
        String[] parts = line.strip().split(" : ", 2);
        if (parts[1].matches("[0-9a-f]{4}:.*\\.[0-7]")) {
          owners.put(parts[0].replaceFirst("^0+(?=.)", ""), parts[1]);
        }
      }
      for (HostDevice device : host.devices()) {
        for (Bar bar : device.bars()) {
          if (bar.isMemory() && bar.hostByte() != null) {
            long at = bar.hostByte().value();
            String range = "%08x-%08x".formatted(at, at + bar.bytes() - 1);
            assertEquals(
                device.address().toString(),
                owners.get(range.replaceFirst("^0+(?=.)", "")),
                board + " " + range);
            placed++;
          }
        }
      }
    }
    assertTrue(placed > 40, placed + " registers");
  }

  @Test
  void tablesOfAnEmulatedMachineHaveItsPersistentMemory() throws IOException {
    Path table = Corpus.path("nfit/qemu-nvdimm-9.9G.dat");
    JsonNode range = json(Corpus.path("nfit/qemu-nvdimm-9.9G.expected.json")).get("spa").get(0);
    HostPmem memory = host(Corpus.bytes(table)).pmem().get(0);
    assertEquals(Long.decode(range.get("base").asString()), memory.extents().get(0).startByte());
    assertEquals(Long.decode(range.get("length").asString()), memory.bytes());
    assertEquals("spa" + range.get("range_index").asInt(), memory.name());
    int tables = 0;
    for (Path machine : folders(Corpus.path("../golden/acpi"))) {
      if (Files.exists(machine.resolve("NFIT.dat"))) {
        assertEquals(
            expectedModules(json(machine.resolve("layout.json"))),
            host(Corpus.bytes(machine.resolve("NFIT.dat"))).pmem().stream()
                .map(HostPmem::bytes)
                .sorted()
                .toList(),
            machine.toString());
        tables++;
      }
    }
    assertTrue(tables >= 9, tables + " tables");
  }

  private static List<Long> expectedModules(JsonNode layout) {
    return StreamSupport.stream(layout.get("config").get("nvdimms").spliterator(), false)
        .map(
            module ->
                Bytes.parse(module.get("size").asString())
                    - (module.has("label_size") ? LABEL_BYTES : 0))
        .sorted()
        .toList();
  }

  private static List<Path> boards() throws IOException {
    List<Path> boards = folders(Corpus.path("boards"));
    assertTrue(boards.size() >= 3, boards::toString);
    return boards;
  }

  private static List<Path> folders(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Host text(String name) {
    return host(Corpus.bytes(Corpus.path("text").resolve(name)));
  }

  private static JsonNode expected(String name) {
    return Corpus.texts()
        .filter(text -> text.get("file").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .get("expected");
  }

  private static JsonNode json(Path file) {
    return JsonMapper.shared().readTree(Corpus.bytes(file));
  }
}
