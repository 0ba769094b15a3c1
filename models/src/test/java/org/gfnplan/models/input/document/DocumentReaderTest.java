package org.gfnplan.models.input.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
  private final List<InputProblem> problems = new ArrayList<>();

  private Node read(String text) {
    return DocumentReader.read("d", text.getBytes(StandardCharsets.UTF_8), problems);
  }

  private List<String> messages() {
    return problems.stream().map(p -> p.origin().shortForm() + ": " + p.message()).toList();
  }

  @Test
  void everyValueKnowsItsLineAndItsWords() {
    Node.Mapping map = (Node.Mapping) read("# top\na: 1\nb:\n  - x\n  - {c: true}\nd:\n");
    assertEquals(List.of(), problems);
    assertEquals("d:2", map.get("a").origin().shortForm());
    assertEquals("a: 1", map.get("a").origin().text());
    Node.Sequence list = (Node.Sequence) map.get("b");
    assertEquals("d:4", list.items().get(0).origin().shortForm());
    assertEquals("- {c: true}", list.items().get(1).origin().text());
    assertInstanceOf(Node.Nothing.class, map.get("d"));
    assertEquals("d:6", map.get("d").origin().shortForm());
  }

  @Test
  void jsonAndYamlOfTheSameDataDifferOnlyInLines() {
    Node json = read("{\"a\": [1, \"x\", null],\n \"b\": {\"c\": false}}");
    Node yaml = read("a:\n- 1\n- x\n-\nb:\n  c: false\n");
    assertEquals(List.of(), problems);
    assertEquals(withoutOrigins(json), withoutOrigins(yaml));
  }

  @Test
  void numbersKeepTheirDigits() {
    Node.Mapping map = (Node.Mapping) read("a: 0x10\nb: 99999999999999999999\nc: 00:02.0\nd: 1e3");
    assertEquals("0x10", ((Node.Numeral) map.get("a")).written());
    assertEquals("99999999999999999999", ((Node.Numeral) map.get("b")).written());
    assertEquals("00:02.0", ((Node.Text) map.get("c")).value());
    assertEquals("1e3", ((Node.Numeral) map.get("d")).written());
  }

  @Test
  void lineBreaksOfEverySystemCountOnce() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Node.Mapping map = (Node.Mapping) read(String.join(end, "a: 1", "", "b: 2"));
      assertEquals("d:3", map.get("b").origin().shortForm());
    }
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() {
    assertInstanceOf(Node.Mapping.class, read("\ufeff{\"a\": 1}"));
    assertInstanceOf(Node.Mapping.class, read("\ufeffa: 1"));
    assertEquals(List.of(), problems);
  }

  @Test
  void everyDuplicateKeyIsReportedWithBothLines() {
    read("a: 1\na: 2\nb:\n  c: 1\n  c: 2\na: 3\n");
    assertEquals(
        List.of(
            "d:2: `a` is given twice, first in d:1",
            "d:5: `c` is given twice, first in d:4",
            "d:6: `a` is given twice, first in d:1"),
        messages());
    problems.clear();
    read("{\"a\": 1,\n\"a\": 2}");
    assertEquals(List.of("d:2: `a` is given twice, first in d:1"), messages());
  }

  @Test
  void yamlSharingAndTypingIsRefusedWhereverItStands() {
    read(
        "a: &x [1]\n😀: *x\nc: !!str 5\n<<: *x\n&k d: !t {e: 1}\n!u f: 1\ng: &y 2\nh:\n- &z\n- &m\n  i: 1\n");
    assertEquals(
        List.of(
            "d:1: the YAML anchor `&x` cannot be used",
            "d:2: the YAML alias `*x` cannot be used, write the value out",
            "d:3: the YAML tag `!!str` cannot be used, write the value without it",
            "d:4: merge keys cannot be used, write the values out",
            "d:4: the YAML alias `*x` cannot be used, write the value out",
            "d:5: the YAML anchor `&k` cannot be used",
            "d:5: the YAML tag `!t` cannot be used, write the value without it",
            "d:6: the YAML tag `!u` cannot be used, write the value without it",
            "d:7: the YAML anchor `&y` cannot be used",
            "d:9: the YAML anchor `&z` cannot be used",
            "d:10: the YAML anchor `&m` cannot be used"),
        messages());
  }

  @Test
  void anAliasBombIsRefusedBeforeItGoesOff() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1) + ",";
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(10)));
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(bomb.toString()));
    assertTrue(messages().get(0).contains("anchor `&a0`"));
    assertTrue(problems.size() <= 102, () -> problems.size() + " problems");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertNotNull(read("a: 1\n---\nb: 2\n"));
    assertEquals(
        List.of("d:3: a second document starts here, one per file can be read"), messages());
    problems.clear();
    read("{\"a\":1}\n[]");
    assertEquals(
        List.of("d:2: a second document starts here, one per file can be read"), messages());
    problems.clear();
    read("---\na: 1\n...\n# the end\n");
    assertEquals(List.of(), messages());
  }

  @Test
  void depth64IsReadAndDepth65IsRefused() {
    read("[".repeat(64) + "]".repeat(64));
    assertEquals(List.of(), messages());
    read("[\n".repeat(65) + "]".repeat(65));
    assertEquals(List.of("d:65: more than 64 maps and lists in one another"), messages());
    problems.clear();
    read("- ".repeat(100) + "x");
    assertEquals(List.of("d:1: more than 64 maps and lists in one another"), messages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "- ", "{\"a\":", "? ", "&a ", "!", "[],", "1,\n", "a\n", "\'\n"})
  void sixteenMebibytesOfOneThingNeitherHangNorExhaustMemory(String part) {
    String head = part.equals("[],") || part.equals("1,\n") ? "[" : "";
    String text = head + part.repeat((SourceText.MOST_BYTES - 1) / part.length());
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> read(text));
    assertFalse(problems.isEmpty() && !part.equals("a\n"));
  }

  @Test
  void aLargerInputIsRefused() {
    assertNull(DocumentReader.read("d", new byte[SourceText.MOST_BYTES + 1], problems));
    assertEquals(
        List.of("d: is larger than 16 MiB: 16777217 bytes are too many to be meant"), messages());
  }

  @Test
  void whatIsNoTextIsRefusedWithItsLine() {
    assertNull(read("a: 1\nb: \0\n"));
    assertNull(DocumentReader.read("d", new byte[] {'a', '\r', '\n', '\r', (byte) 0xff}, problems));
    assertNull(
        DocumentReader.read("d", new byte[] {'a', '\n', (byte) 0xe2, (byte) 0x82}, problems));
    assertEquals(
        List.of(
            "d:2: holds a NUL byte, so it is not a text",
            "d:3: is not UTF-8: byte 0xff",
            "d:2: is not UTF-8: byte 0xe2"),
        messages());
  }

  @Test
  void syntaxErrorsNameTheLine() {
    read("a: 1\nb: c: d\n");
    read("{\"a\": 1,\n\"b\": }");
    read("{\"a\": 1,\n");
    read("");
    read("a:\n\t- 1");
    assertEquals(
        List.of(
            "d:2: cannot be read as YAML: mapping values are not allowed here",
            "d:2: cannot be read as JSON: unexpected character ('}' (code 125)): expected a value",
            "d:2: cannot be read as JSON: unexpected end-of-input within/between Object entries",
            "d: is empty",
            "d:2: cannot be read as YAML: found character '\\t(TAB)' that cannot start any token"),
        messages());
  }

  @Test
  void aYamlLineIsBounded() {
    assertNull(read("a: 1\nb: " + "x".repeat(DocumentReader.LONGEST_YAML_LINE)));
    assertEquals(
        List.of("d:2: the line is longer than 65536 characters, too long for YAML"), messages());
  }

  @Test
  void randomDamageNeverEscapesAsAnException() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> damage(20261121, 6_000));
  }

  private static void damage(long seed, int rounds) {
    Random random = new Random(seed);
    String yaml = "a: [1, 'x', \"y\\n\"]\nb: {c: 0x10, d: ~}\n? e\n: |\n  text\n# c\nf: >-\n  g\n";
    String json = "{\"a\": [1, -2.5e3, \"x\\u0041\"],\n \"b\": {\"c\": null, \"d\": true}}";
    String alphabet = "\n\t :-[]{}?&*!%@`'\"#|>,\\0a\u00e9\u0085";
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = (round % 2 == 0 ? yaml : json).getBytes(StandardCharsets.UTF_8);
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt(256)
                : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      List<InputProblem> found = new ArrayList<>();
      String where = "seed " + seed + " round " + round;
      try {
        Node node = DocumentReader.read("d", bytes, found);
        assertTrue(node != null || !found.isEmpty(), where);
        read += found.isEmpty() ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError(where + ": " + new String(bytes, StandardCharsets.UTF_8), e);
      }
    }
    int good = read;
    assertTrue(rounds / 20 < good && good < rounds * 19 / 20, () -> good + " read, seed " + seed);
  }

  static Object withoutOrigins(Node node) {
    if (node instanceof Node.Mapping map) {
      return map.entries().stream().map(e -> e.key() + "=" + withoutOrigins(e.value())).toList();
    }
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(DocumentReaderTest::withoutOrigins).toList();
    }
    if (node instanceof Node.Text text) {
      return "text " + text.value();
    }
    if (node instanceof Node.Numeral number) {
      return "number " + number.written();
    }
    return node instanceof Node.Flag flag ? "flag " + flag.value() : "nothing";
  }
}
