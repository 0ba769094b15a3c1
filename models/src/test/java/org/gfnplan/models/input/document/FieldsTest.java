package org.gfnplan.models.input.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.InputProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  private final List<InputProblem> problems = new ArrayList<>();

  private Fields fields(String text) {
    Node node = DocumentReader.read("d", text.getBytes(StandardCharsets.UTF_8), problems);
    return Fields.of(node, "the document", problems);
  }

  private List<String> messages() {
    return problems.stream().map(p -> p.origin().shortForm() + ": " + p.message()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "4GiB, 4294967296",
    "4 GiB, 4294967296",
    "64M, 67108864",
    "0x1000, 4096",
    "'\"0x1000\"', 4096",
    "4096, 4096",
    "2T, 2199023255552",
    "1K, 1024",
    "12B, 12",
    "4e3, 4000",
    "4.0, 4",
    "0, 0"
  })
  void sizesAreReadAsPeopleWriteThem(String written, long bytes) {
    assertEquals(bytes, fields("a: " + written).bytes("a", 0, Long.MAX_VALUE).value());
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource({
    "4GB",
    "4.5GiB",
    "010",
    "-1x",
    "GiB",
    "4gib",
    "0x",
    "1e99",
    "1e-999999999",
    "9999999999999999999",
    "99999999TiB",
    "4  GiB",
    ".inf",
    "~",
    "true",
    "[1]",
    "''"
  })
  void whatIsNoSizeIsAProblem(String written) {
    assertNull(fields("x: 1\na: " + written).bytes("a", 0, Long.MAX_VALUE));
    assertEquals(1, problems.size());
    assertTrue(messages().get(0).startsWith("d:2: `a` must be a size ("), () -> messages().get(0));
  }

  @Test
  void boundsAreIncludedAndNamed() {
    Fields fields = fields("a: 5\nb: 4GiB\nc: -1");
    assertEquals(5L, fields.wholeNumber("a", 5, 5).value());
    assertNull(fields.wholeNumber("a", 6, 9));
    assertNull(fields.bytes("b", 1 << 20, (4L << 30) - 1));
    assertNull(fields.wholeNumber("c", 0, 1));
    assertEquals(
        List.of(
            "d:1: `a` must be from 6 to 9, this is 5",
            "d:2: `b` must be from 1 MiB to 4294967295 bytes, this is 4 GiB",
            "d:3: `c` must be from 0 to 1, this is -1"),
        messages());
  }

  @Test
  void wordsAndFlagsAndTextsAreToldApart() {
    Fields fields = fields("a: strict\nb: true\nc: 'true'\nd: 5\ne: ' '");
    assertEquals(1, fields.word("a", Map.of("strict", 1, "relaxed", 2)).value());
    assertEquals(true, fields.flag("b").value());
    assertNull(fields.word("a", Map.of("y", 1, "x", 2)));
    assertNull(fields.flag("c"));
    assertNull(fields.text("d"));
    assertNull(fields.text("e"));
    assertNull(fields.text("absent"));
    assertEquals(
        List.of(
            "d:1: `a` must be one of `x`, `y`, this is `strict`",
            "d:3: `c` must be true or false, this is `true`",
            "d:4: `d` must be a text, this is `5`",
            "d:5: `e` is empty"),
        messages());
  }

  @Test
  void keysNobodyAskedForAreReportedWithTheNearestKnownOne() {
    Fields fields = fields("memory: 1\nmemroy: 2\nzzz: 3\n");
    assertEquals(1L, fields.wholeNumber("memory", 0, 9).value());
    fields.text("name");
    fields.reportUnknown();
    assertEquals(
        List.of(
            "d:2: `memroy` is not a key here, `memory` is",
            "d:3: `zzz` is not a key here, known are `memory`, `name`"),
        messages());
  }

  @Test
  void twentyUnknownKeysAreEnough() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append("zz").append(i).append(": 1\n");
    }
    fields(text.toString()).reportUnknown();
    assertEquals(21, problems.size());
    assertEquals("d:21: 10 more are not keys here", messages().get(20));
  }

  @Test
  void missingKeysAndWrongShapesAreAllReported() {
    Fields fields = fields("a: []\nl: [{x: 1}, 2]\n");
    assertNull(fields.requiredText("b"));
    assertNull(fields.fields("a"));
    assertEquals(1, fields.listOfFields("l").size());
    assertEquals(
        List.of(
            "d:1: `b` is missing",
            "d:1: `a` must be a map, this is a list",
            "d:2: each of `l` must be a map, this is a number"),
        messages());
  }
}
