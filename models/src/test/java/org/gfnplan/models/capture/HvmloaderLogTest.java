package org.gfnplan.models.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.testing.Shared;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HvmloaderLogTest {
  private static final String START = "(d3) HVM Loader\n";
  private static final String CARD = "(d3) pci dev 03:0 bar 10 size 002000000: 0f0000008\n";

  private static HvmloaderLog read(String text) throws UnusableInput {
    Captured captured = Captured.read("log", text.getBytes(StandardCharsets.UTF_8));
    return (HvmloaderLog) captured;
  }

  /** The recorded values, printed as hvmloader prints them. */
  @Test
  void whatARealHvmloaderPlacedIsReadBack() throws IOException, UnusableInput {
    JsonMapper json = JsonMapper.builder().build();
    int read = 0;
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/xen-lab.jsonl"))) {
      JsonNode real = json.readTree(line).path("real");
      if (real.path("e820").isEmpty()) {
        continue;
      }
      StringBuilder text = new StringBuilder(START);
      List<GfnRange> ranges = new ArrayList<>();
      for (JsonNode bar : real.path("bars")) {
        boolean io = bar.path("kind").asString().equals("io");
        long address = bar.path("addr").asLong();
        long size = bar.path("size").asLong();
        text.append(
            "(d3) pci dev %02x:%x bar %02x size %s: %s%n"
                .formatted(
                    bar.path("dev").asInt(),
                    bar.path("fn").asInt(),
                    bar.path("reg").asInt(),
                    words(size),
                    words(address | (io ? 1 : bar.path("pref").asBoolean() ? 8 : 0))));
        if (!io && size >= 4096) {
          ranges.add(GfnRange.coveringBytes(address, address + size));
        }
      }
      for (JsonNode bar : real.path("no_space")) {
        text.append(
            "(d3) pci dev %02x:%x bar %02x size %s: no space for resource!%n"
                .formatted(
                    bar.path("dev").asInt(),
                    bar.path("fn").asInt(),
                    bar.path("reg").asInt(),
                    words(bar.path("size").asLong())));
      }
      int index = 0;
      for (JsonNode entry : real.path("e820")) {
        long start = entry.path(0).asLong();
        long end = entry.path(1).asLong();
        text.append(
            "(d3)  [%02d]: %08x:%08x - %08x:%08x: %s%n"
                .formatted(
                    index++,
                    start >> 32,
                    start & 0xffffffffL,
                    end >> 32,
                    end & 0xffffffffL,
                    entry.path(2).asString()));
      }
      HvmloaderLog log = read(text.toString());
      assertEquals(ranges, log.registers().stream().map(HvmloaderLog.Register::range).toList());
      assertEquals(real.path("no_space").size(), log.complaints().size());
      assertEquals(real.path("e820").size(), log.map().size());
      assertEquals(
          real.path("e820").path(2).path(1).asLong(), log.map().get(2).endByte(), text::toString);
      read++;
    }
    assertTrue(read > 30, "read=" + read);
  }

  private static String words(long value) {
    return "%x%08x".formatted(value >> 32, value & 0xffffffffL);
  }

  @Test
  void theGuestThatStartedLastCounts() throws UnusableInput {
    HvmloaderLog log =
        read(
            START
                + CARD
                + "(d4) HVM Loader\n(d3) pci dev 02:0 bar 14 size 001000000: 0f2000008\n"
                + "(d4) No RAM in high memory; setting high_mem resource base to 100000000\n"
                + "(d4) pci dev 05:0 bar 14 size 001000000: 0f4000008\n");
    assertEquals(1, log.registers().size());
    assertEquals("bar 14 of 05:0", log.registers().get(0).name());
    assertEquals(1L << 32, log.highBase());
  }

  @Test
  void registersOnWhatTheMapHasAreInconsistent() throws UnusableInput {
    HvmloaderLog log =
        read(
            START
                + CARD
                + "(d3) pci dev 04:0 bar 10 size 001000000: 0f1000000\n"
                + "(d3)  OVERLAP!!\n"
                + "(d3)  [00]: 00000000:f1800000 - 00000000:f1900000: RESERVED\n");
    assertEquals(4, log.inconsistencies().size(), log.inconsistencies()::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pci dev 03:0 bar 10 size 2000000: 0f0000008",
        "pci dev 03:0 bar 10 size 002000000: f0000008 and more",
        "pci dev 03:9 bar 10 size 002000000: 0f0000008",
        "pci dev 03:0 bar 10 size 002000000: ffffffffffffffff",
        "RAM in high memory; setting high_mem resource base to hell",
        "[00]: 00000000:00000000 - 00000000:00000000: RAM",
        "[00]: 0:0 - 0:9fc00: RAM",
        "[00]: 00000000:00000000 - ffffffff:ffffffff: RAM"
      })
  void aLineThatHvmloaderDoesNotPrintIsToldWithItsNumber(String line) {
    UnusableInput unusable =
        assertThrows(UnusableInput.class, () -> read(START + "(d3) " + line + "\n"));
    assertTrue(unusable.problems().get(0).toString().contains("2"), unusable.problems()::toString);
  }

  @Test
  void aLogOfEndlessRegistersIsRefusedInsteadOfCompared() {
    assertThrows(UnusableInput.class, () -> read(START + CARD.repeat(5000)));
  }

  @Test
  void aLogWithoutALayoutIsNone() {
    assertThrows(UnusableInput.class, () -> read(START));
  }
}
