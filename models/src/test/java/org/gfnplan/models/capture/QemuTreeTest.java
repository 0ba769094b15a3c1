package org.gfnplan.models.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QemuTreeTest {
  private static final String LOW =
      "    0000000000000000-00000000bfffffff (prio 0, ram): alias ram-below-4g @pc.ram 00\r\n";
  private static final String HIGH =
      "    0000000100000000-000000017fffffff (prio 0, ram): alias ram-above-4g @pc.ram 00\r\n";
  private static final String DEVICES =
      "{\"return\": [{\"type\": \"nvdimm\", \"data\":"
          + " {\"addr\": 6442450944, \"size\": 1073741824, \"id\": \"nv0\"}}]}";

  private static QemuTree read(String text) throws UnusableInput {
    return (QemuTree) Captured.read("tree", text.getBytes(StandardCharsets.UTF_8));
  }

  private static GfnRange bytes(long start, long end) {
    return GfnRange.coveringBytes(start, end);
  }

  private static PlanDocument plan(long low, long high, long nvdimm) {
    Origin origin = Origin.builtIn("test", "");
    return new PlanDocument(
        "plan",
        "qemu-pc",
        "h",
        "g",
        List.of(
            new MapEntry("low RAM", "ram", bytes(0, low), origin),
            new MapEntry("high RAM", "ram", bytes(1L << 32, high), origin),
            new MapEntry("NVDIMM `nv0`", "pmem", bytes(nvdimm, nvdimm + (1L << 30)), origin)),
        List.of(),
        true,
        null,
        null);
  }

  @Test
  void linesAndAnswersAreRead() throws UnusableInput {
    QemuTree lines = read(LOW + HIGH);
    assertEquals(bytes(0, 0xc000_0000L), lines.low());
    assertEquals(bytes(1L << 32, 0x1_8000_0000L), lines.high());
    assertNull(lines.devices());
    QemuTree answers = read("{\"QMP\": {}}\n{\"return\": {}}\n" + DEVICES + "\n{\"return\": []}");
    assertEquals(Map.of("nv0", bytes(0x1_8000_0000L, 0x1_c000_0000L)), answers.devices());
    assertNull(answers.low());
  }

  @Test
  void whatLiesElsewhereIsToldWithHowFar() throws UnusableInput {
    assertEquals(
        List.of(), read(LOW + HIGH).differences(plan(0xc000_0000L, 0x1_8000_0000L, 6L << 30)));
    assertEquals(
        List.of(
            new Difference("low RAM ends elsewhere, by 1 GiB", "0x80000000", "0xc0000000"),
            new Difference("high RAM ends elsewhere, by 1 GiB", "0x1c0000000", "0x180000000")),
        read(LOW + HIGH).differences(plan(0x8000_0000L, 0x1_c000_0000L, 8L << 30)));
    assertEquals(
        List.of("low RAM ends elsewhere, by 1 GiB", "high RAM ends elsewhere"),
        read(LOW).differences(plan(0x8000_0000L, 0x1_c000_0000L, 8L << 30)).stream()
            .map(Difference::what)
            .toList());
    QemuTree devices = read(DEVICES);
    assertEquals(List.of(), devices.differences(plan(1 << 30, 0x1_8000_0000L, 6L << 30)));
    assertEquals(
        "NVDIMM `nv0` lies elsewhere",
        devices.differences(plan(1 << 30, 0x1_8000_0000L, 8L << 30)).get(0).what());
    assertEquals(
        List.of("memory device `nv9` was not planned", "NVDIMM `nv0` is missing"),
        read(DEVICES.replace("nv0", "nv9"))
            .differences(plan(1 << 30, 0x1_8000_0000L, 8L << 30))
            .stream()
            .map(Difference::what)
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  private static final String HOLES =
      "{\"return\": 3221225472, \"id\": \"pci-hole-start\"}"
          + "{\"return\": 4273995776, \"id\": \"pci-hole-end\"}"
          + "{\"return\": 8589934592, \"id\": \"pci-hole64-start\"}"
          + "{\"return\": 10737418240, \"id\": \"pci-hole64-end\"}";

  private static PlanDocument withWindow(long low, MapEntry... more) {
    Origin origin = Origin.builtIn("test", "");
    List<MapEntry> map = new ArrayList<>();
    map.add(new MapEntry("low RAM", "ram", bytes(0, low), origin));
    map.add(new MapEntry("high RAM", "ram", bytes(1L << 32, 0x1_8000_0000L), origin));
    map.add(new MapEntry("64-bit PCI window", "hole", bytes(8L << 30, 10L << 30), origin));
    map.addAll(List.of(more));
    return new PlanDocument("plan", "qemu-q35", "h", "g", map, List.of(), true, null, null);
  }

  @Test
  void holesAreReadByTheirNameInRequestsAnswersAndMonitors() throws UnusableInput {
    Map<String, Long> all =
        Map.of(
            "pci-hole-start", 3L << 30,
            "pci-hole-end", 0xfec0_0000L,
            "pci-hole64-start", 8L << 30,
            "pci-hole64-end", 10L << 30);
    assertEquals(all, read(HOLES).holes().bytes());
    String request =
        "{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"/machine/q35\","
            + " \"property\": \"pci-hole64-end\"}}{\"timestamp\": {}, \"event\": \"RESUME\"}"
            + "{\"return\": 10737418240}{\"return\": 5}";
    assertEquals(Map.of("pci-hole64-end", 10L << 30), read(request).holes().bytes());
    String monitor =
        "(qemu) q\u001b[K\u001b[Dqom-get /machine/q35 pci-hole-end\u001b[K\r\n4273995776\r\n"
            + "(qemu) qom-get /machine/q35 pci-hole64-start\n8589934592";
    assertEquals(
        Map.of("pci-hole-end", 0xfec0_0000L, "pci-hole64-start", 8L << 30),
        read(monitor).holes().bytes());
  }

  @Test
  void aHoleThatLiesElsewhereIsToldWithHowFar() throws UnusableInput {
    assertEquals(List.of(), read(HOLES).differences(withWindow(3L << 30)));
    assertEquals(
        List.of(
            new Difference(
                "32-bit PCI hole starts elsewhere, by 1 GiB", "0x80000000", "0xc0000000"),
            new Difference(
                "64-bit PCI hole starts elsewhere, by 1 GiB", "0x200000000", "0x240000000")),
        read(HOLES.replace("8589934592", "9663676416")).differences(withWindow(2L << 30)));
    assertEquals(
        List.of(
            new Difference(
                "32-bit PCI hole ends elsewhere, by 20 MiB", "0xfec00000", "0x100000000"),
            new Difference(
                "64-bit PCI hole ends elsewhere, by 1 GiB", "0x280000000", "0x2c0000000")),
        read(HOLES.replace("4273995776", "4294967296").replace("10737418240", "11811160064"))
            .differences(withWindow(3L << 30)));
  }

  /** Q35.c, q35_host_get_pci_hole64_start: with registers placed, the first of them. */
  @Test
  void aHoleThatFollowsItsRegistersIsAsPlanned() throws UnusableInput {
    MapEntry bar =
        new MapEntry(
            "BAR 0 of 05:00.0", "bar", bytes(9L << 30, 13L << 30), Origin.builtIn("test", ""));
    String placed = HOLES.replace("8589934592", "9663676416").replace("10737418240", "13958643712");
    assertEquals(List.of(), read(placed).differences(withWindow(3L << 30, bar)));
    assertEquals(List.of(), read(HOLES).differences(withWindow(3L << 30, bar)));
    assertEquals(
        List.of("64-bit PCI hole ends elsewhere, by 2 GiB"),
        read(placed.replace("13958643712", "11811160064"))
            .differences(withWindow(3L << 30, bar))
            .stream()
            .map(Difference::what)
            .toList());
  }

  @Test
  void aHoleThatIsNotReportedIsNotCompared() throws UnusableInput {
    String none = HOLES.replace("8589934592", "0").replace("10737418240", "0");
    assertEquals(List.of(), read(none).differences(withWindow(3L << 30)));
    assertEquals(List.of(), read(none).inconsistencies());
  }

  @Test
  void aHoleInRamIsInconsistent() throws UnusableInput {
    String tree = (LOW + HIGH).replace("\r", "\\r").replace("\n", "\\n");
    String both = "{\"return\": \"" + tree + "\"}";
    assertEquals(List.of(), read(both + HOLES).inconsistencies());
    String low = HOLES.replace("3221225472", "2147483648").replace("8589934592", "4294967296");
    assertEquals(
        List.of(
            "the 32-bit PCI hole starts at 0x80000000, in RAM that ends at 0xc0000000",
            "the 64-bit PCI hole starts at 0x100000000, in RAM that ends at 0x180000000"),
        read(both + low).inconsistencies());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"return\": {}}",
        "{\"return\": ",
        "{\"return\": -1, \"id\": \"pci-hole-start\"}",
        "{\"return\": 18446744073709551615, \"id\": \"pci-hole64-end\"}",
        "{\"return\": 5, \"id\": \"pci-hole\"}",
        "qom-get /machine/q35 pci-hole-end\n99999999999999999999\n",
        "{\"return\": [{\"type\": \"nvdimm\", \"data\": {}}]}",
        "{\"return\": [{\"type\": \"x\", \"data\": {\"addr\": -1, \"size\": 1}}]}",
        "{\"return\": [{\"type\": \"x\", \"data\": {\"addr\": 4096.5, \"size\": 1}}]}",
        "{\"return\": [{\"type\": \"x\", \"data\": {\"addr\": 9223372036854775807,"
            + " \"size\": 9223372036854775807}}]}",
        "  0000000000000000-ffffffffffffffff (prio 0, ram): ram-below-4g",
        "  0000000000000000-00000000000000ff (prio 0, i/o): system"
      })
  void whatSaysNothingOfMemoryIsRefused(String text) {
    assertThrows(UnusableInput.class, () -> read(text));
  }
}
