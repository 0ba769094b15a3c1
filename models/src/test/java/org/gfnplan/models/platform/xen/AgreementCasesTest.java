package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AgreementCasesTest {
  private static String golden() throws IOException {
    return Files.readString(Shared.folder().resolve("golden/xen-qemu-agreement.json"));
  }

  @Test
  void everyRecordedAnswerOfTheRealQemuIsReproducedByteForByte() throws IOException {
    List<String> lines = CaseText.lines(golden());
    assertEquals(132, lines.size());
    List<String> answers = lines.stream().map(AgreementCases::complete).toList();
    assertEquals(golden(), CaseText.list(answers));
  }

  @Test
  void inputsAloneGiveTheSameLessWhatWasMeasured() throws IOException {
    for (String line : CaseText.lines(golden())) {
      ObjectNode expected = CaseText.object(line);
      expected.remove("elapsed_ms");
      String bare = "{\"case\":%s}".formatted(expected.path("case"));
      assertEquals(CaseText.line(expected), AgreementCases.complete(bare));
    }
  }

  /** The cure: the limit that QEMU is told is where the toolstack ends low RAM. */
  @Test
  void allAgreeWhenQemuIsToldWhereLowRamEnds() throws IOException {
    for (String line : CaseText.lines(golden())) {
      ObjectNode told = CaseText.object(line);
      ObjectNode asked = (ObjectNode) told.path("case");
      asked.put("low_end", told.path("toolstack").path("low_end").asLong());
      asked.put("high_end", told.path("toolstack").path("high_end").asLong());
      asked.put("max_ram_below_4g", told.path("toolstack").path("low_end").asLong());
      ObjectNode answer = CaseText.object(AgreementCases.complete(CaseText.line(told)));
      assertTrue(answer.path("agree").asBoolean(), answer::toString);
    }
  }

  @Test
  void aRangeThatRamCoversIsIgnoredWhenRelaxed() {
    String line = "{\"case\":{\"mem\":\"2G\",\"policy\":\"relaxed\",\"rdms\":[[1048576,4096]]}}";
    ObjectNode answer = CaseText.object(AgreementCases.complete(line));
    assertEquals("[\"ignored rdm 100000\"]", answer.path("toolstack").path("notes").toString());
    assertTrue(answer.path("agree").asBoolean());
  }

  @Test
  void aLimitThatQemuRefusesIsNoAgreement() {
    String line = "{\"case\":{\"mem\":\"2G\",\"low_end\":\"2G\",\"max_ram_below_4g\":5368709120}}";
    ObjectNode answer = CaseText.object(AgreementCases.complete(line));
    assertFalse(answer.path("qemu_ok").asBoolean());
    assertTrue(answer.path("qemu_ram").isNull());
    assertFalse(answer.has("agree"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"case\":7}",
        "{\"case\":{}}",
        "{\"case\":{\"mem\":\"2.5G\"}}",
        "{\"case\":{\"mem\":4096}}",
        "{\"case\":{\"mem\":\"99999999T\"}}",
        "{\"case\":{\"mem\":\"2G\",\"mmio_hole_mib\":255}}",
        "{\"case\":{\"mem\":\"2G\",\"rdms\":[[1,4096]]}}",
        "{\"case\":{\"mem\":\"2G\",\"rdms\":[[4096]]}}",
        "{\"case\":{\"mem\":\"2G\",\"rdms\":[4096]}}",
        "{\"case\":{\"mem\":\"2G\",\"policy\":\"lax\"}}",
        "{\"case\":{\"mem\":\"2G\",\"low_end\":0}}",
        "{\"case\":{\"mem\":\"2G\",\"low_end\":\"2G\",\"high_end\":\"2G\"}}",
        "{\"case\":{\"mem\":\"2G\",\"low_end\":\"2G\",\"max_ram_below_4g\":4096}}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> AgreementCases.complete(line));
  }
}
