package org.gfnplan.models.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"return\": {}}",
        "{\"return\": ",
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
