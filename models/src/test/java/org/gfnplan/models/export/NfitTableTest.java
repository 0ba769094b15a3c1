package org.gfnplan.models.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NfitTableTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final NfitWindow ONE = new NfitWindow(0x1_4000_0000L, 0x4000_0000L, 0, 0, false);
  private static final int FIRST_RANGE = 40;
  private static final int WINDOW_BYTES = 184;

  @TempDir private Path folder;

  /** QEMU's own order of windows is that of a hash, so the order is taken from its table. */
  @Test
  void equalsTheTableThatQemuMadeForTheSameWindows() throws IOException {
    List<Path> guests;
    try (Stream<Path> folders = Files.list(Shared.folder().resolve("golden/acpi"))) {
      guests = folders.filter(guest -> Files.exists(guest.resolve("NFIT.dat"))).sorted().toList();
    }
    for (Path guest : guests) {
      byte[] expected = Files.readAllBytes(guest.resolve("NFIT.dat"));
      JsonNode layout = JSON.readTree(Files.readString(guest.resolve("layout.json")));
      List<NfitWindow> windows = windows(layout);
      List<Integer> order = slots(expected, windows.size());
      windows.sort(Comparator.comparingInt(window -> order.indexOf(window.slot())));
      assertArrayEquals(
          expected, NfitTable.of(windows, persistence(layout)), guest.getFileName().toString());
    }
    assertEquals(9, guests.size());
  }

  private static List<NfitWindow> windows(JsonNode layout) {
    List<NfitWindow> windows = new ArrayList<>();
    JsonNode asked = layout.path("config").path("nvdimms");
    for (JsonNode placed : layout.path("after_firmware").path("pmem")) {
      JsonNode wish = asked.path(Integer.parseInt(placed.path("id").asString().substring(2)));
      long start = placed.path("start").asLong();
      windows.add(
          new NfitWindow(
              start,
              placed.path("end").asLong() - start,
              placed.path("slot").asInt(),
              wish.path("node").asInt(0),
              wish.path("unarmed").asBoolean(false)));
    }
    return windows;
  }

  private static List<Integer> slots(byte[] table, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(bytes.getShort(FIRST_RANGE + i * WINDOW_BYTES + 4) / 2 - 1);
    }
    return slots;
  }

  private static NfitTable.Persistence persistence(JsonNode layout) {
    String options = layout.path("config").path("machine_opts").toString();
    return options.contains("=cpu")
        ? NfitTable.Persistence.CPU
        : options.contains("=mem-ctrl")
            ? NfitTable.Persistence.MEMORY_CONTROLLER
            : NfitTable.Persistence.UNSAID;
  }

  @Test
  void readsBackAsTheSameRanges() throws IOException, UnusableInput {
    NfitWindow last = new NfitWindow(0x2_0000_0000L, 0x3fe0_0000L, 255, 3, true);
    Path file = folder.resolve("NFIT.dat");
    Files.write(file, NfitTable.of(List.of(ONE, last), NfitTable.Persistence.CPU));
    Host host = HostReader.read(List.of(file));
    assertEquals(
        List.of("reserved-memory-unknown"), host.findings().stream().map(Finding::id).toList());
    assertEquals(
        "[[140000000, 180000000), [200000000, 23fe00000)]",
        host.pmem().stream()
            .flatMap(region -> region.extents().stream())
            .map(range -> "[%x, %x)".formatted(range.startByte(), range.endByte()))
            .toList()
            .toString());
  }

  /** The NFIT is the one ACPI table that is written; all that it can hold is here. */
  @ParameterizedTest
  @EnumSource(NfitTable.Persistence.class)
  void aDisassemblerTakesEveryKindOfIt(NfitTable.Persistence persistence)
      throws IOException, InterruptedException {
    List<NfitWindow> many = new ArrayList<>();
    for (int slot = 0; slot < 8; slot++) {
      many.add(
          new NfitWindow((slot + 5L) << 32, 1L << (30 + slot % 3), slot, slot % 2, slot % 3 == 0));
    }
    for (List<NfitWindow> windows : List.of(List.of(ONE), many)) {
      String text = disassembled(NfitTable.of(windows, persistence));
      assertEquals(
          windows.size(),
          text.lines().filter(line -> line.contains("Address Range Base :")).count(),
          text);
    }
  }

  private String disassembled(byte[] table) throws IOException, InterruptedException {
    Path program =
        Stream.of("/usr/bin/iasl", "/usr/local/bin/iasl")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (program == null) {
      assertTrue(!"1".equals(System.getenv("GFNPLAN_REQUIRE_PEERS")), "iasl is not installed");
      Assumptions.abort("iasl is not installed");
      return "";
    }
    Files.deleteIfExists(folder.resolve("NFIT.dsl"));
    Files.write(folder.resolve("NFIT.dat"), table);
    Path log = folder.resolve("log");
    Process run =
        new ProcessBuilder(program.toString(), "-d", "NFIT.dat")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertEquals(0, run.waitFor(), () -> read(log));
    String said = read(log).toLowerCase(Locale.ROOT);
    assertTrue(!said.contains("error") && !said.contains("warning"), said);
    String text = read(folder.resolve("NFIT.dsl"));
    assertTrue(
        !text.contains("ncorrect") && !text.contains("nvalid") && !text.contains("****"), text);
    return text;
  }

  @Test
  void theDisassemblerFindsTheWindow() throws IOException, InterruptedException {
    String text = disassembled(NfitTable.of(List.of(ONE), NfitTable.Persistence.CPU));
    assertTrue(text.contains("Address Range Base : 0000000140000000"), text);
    assertTrue(text.contains("Region Type GUID : 66F0D379-B4F3-4074-AC43-0D3318B78CDB"), text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  @Test
  void windowsThatShareASlotAreRefused() {
    NfitWindow other = new NfitWindow(0x2_0000_0000L, 0x1000, 0, 0, false);
    assertThrows(
        IllegalArgumentException.class,
        () -> NfitTable.of(List.of(ONE, other), NfitTable.Persistence.UNSAID));
    assertThrows(
        IllegalArgumentException.class,
        () -> NfitTable.of(List.of(), NfitTable.Persistence.UNSAID));
    assertThrows(IllegalArgumentException.class, () -> new NfitWindow(1L << 52, 1, 0, 0, false));
  }
}
