package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Answers as JUnit XML, and findings that fail a run. */
class JunitTest {
  private static final Path GOLDEN = Path.of("cli/src/test/resources/ci/igd-small-hole.xml");

  /** It has a layout, four warnings and a note. */
  private static final Path WARNED = Path.of("examples/rmrr-above-boundary");

  @TempDir private Path folder;

  static Stream<Path> answers() throws Exception {
    return SarifTest.answers();
  }

  private static Run run(Path story, String... more) {
    List<String> args = new ArrayList<>(StoriesTest.command(story));
    args.addAll(List.of(more));
    return Run.of(args);
  }

  /** The root, when it is what readers of the Surefire form take. */
  private static Element parse(String xml) throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertEquals("testsuites", root.getTagName());
    checkCounts(root);
    Set<String> names = new HashSet<>();
    for (Element suite : children(root, "testsuite")) {
      checkCounts(suite);
      for (Element test : children(suite, "testcase")) {
        String name = test.getAttribute("classname") + " " + test.getAttribute("name");
        assertTrue(names.add(suite.getAttribute("name") + name), name);
        List<Element> outcomes = children(test, "failure", "error", "skipped");
        assertTrue(outcomes.size() < 2, name);
        outcomes.forEach(one -> assertTrue(!one.getAttribute("message").isEmpty(), name));
      }
    }
    return root;
  }

  private static void checkCounts(Element element) {
    assertTrue(!element.getAttribute("name").isEmpty());
    for (List<String> pair :
        List.of(
            List.of("tests", "testcase"),
            List.of("failures", "failure"),
            List.of("errors", "error"),
            List.of("skipped", "skipped"))) {
      assertEquals(
          Integer.toString(element.getElementsByTagName(pair.get(1)).getLength()),
          element.getAttribute(pair.get(0)),
          pair.get(0));
    }
  }

  /** The elements in it, which must all have one of these names. */
  private static List<Element> children(Element parent, String... names) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        assertTrue(List.of(names).contains(element.getTagName()), element.getTagName());
        found.add(element);
      }
    }
    return found;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void aTestFailsWhenTheRunDoes(Path story) throws Exception {
    Run run = run(story, "--format", "junit");
    assertEquals(run, run(story, "--format", "junit"), "the same bytes again");
    Element root = parse(run.out());
    assertEquals(run.exit() == 1, !root.getAttribute("failures").equals("0"));
    assertEquals("0", root.getAttribute("errors"));
  }

  @Test
  void aFailureHoldsTheWholeExplanation() throws Exception {
    Path story = Path.of("examples/igd-small-hole");
    String xml = run(story, "--format", "junit").out();
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, xml);
    }
    assertEquals(Files.readString(GOLDEN), xml);
    assertEquals(
        Files.readString(story.resolve("expected.txt")),
        parse(xml).getElementsByTagName("failure").item(0).getTextContent());
  }

  @ParameterizedTest
  @CsvSource({"none, 0, 0, 4", "error, 0, 0, 4", "warning, 1, 4, 0", "note, 1, 5, 0"})
  void aFindingFailsFromTheSeverityOn(String severity, int exit, int failures, int skipped)
      throws Exception {
    String[] more =
        severity.equals("none")
            ? new String[] {"--format", "junit"}
            : new String[] {"--format", "junit", "--fail-on", severity};
    Run run = run(WARNED, more);
    assertEquals(exit, run.exit(), run.out());
    Element root = parse(run.out());
    assertEquals(Integer.toString(failures), root.getAttribute("failures"), run.out());
    assertEquals(Integer.toString(skipped), root.getAttribute("skipped"), run.out());
  }

  @Test
  void everyCommandThatShowsFindingsCanFailOnThem() throws Exception {
    List<String> command = StoriesTest.command(WARNED);
    String host = command.get(2);
    String guest = command.get(4);
    String warned = "examples/mirrored-host/host.yaml";
    assertEquals(0, Run.of("host", warned).exit());
    assertEquals(1, Run.of("host", warned, "--fail-on", "warning").exit());
    assertEquals(0, Run.of("host", warned, "--fail-on", "error").exit());
    Run explain = Run.of("explain", "--host", host, "--guest", guest, "--fail-on", "warning");
    assertEquals(1, explain.exit(), explain.out());
    assertTrue(explain.out().contains("[xl-ignores-rdm-line]"), explain.out());
    Path batch = folder.resolve("batch.jsonl");
    Files.writeString(batch, "{\"host\":\"%s\",\"guest\":\"%s\"}\n".formatted(host, guest));
    assertEquals(0, Run.of("plan", "--batch", batch.toString()).exit());
    assertEquals(1, Run.of("plan", "--batch", batch.toString(), "--fail-on", "warning").exit());
  }

  @Test
  void whatShowsNoFindingsAndWhatIsNoSeverityIsWrongUsage() {
    assertEquals(2, run(WARNED, "--fail-on", "note", "--format", "xl").exit());
    assertEquals(2, run(WARNED, "--fail-on", "fatal").exit());
    assertEquals(2, Run.of("plan", "--batch", "-", "--format", "sarif").exit());
  }

  @Test
  void hostileNamesStayText() throws Exception {
    Element root = parse(HostileInput.run(folder, "junit").out());
    assertEquals("1", root.getAttribute("failures"));
    assertEquals(0, root.getElementsByTagName("script").getLength());
    String text = root.getTextContent();
    assertTrue(text.contains(HostileInput.NAME), text);
  }

  @Test
  void anInputThatCannotBeUsedIsAnError() throws Exception {
    Run run =
        Run.of("explain", "--host", "examples/no\u0007ne", "--guest", "none", "--format", "junit");
    assertEquals(2, run.exit());
    Element root = parse(run.out());
    assertEquals("2", root.getAttribute("errors"));
  }
}
