package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report in one file, and the address map alone. */
class ReportTest {
  private static final Path PICTURE = Path.of("docs/igd-small-hole.svg");

  @TempDir Path folder;

  static Stream<Path> plans() throws IOException {
    return StoriesTest.plans();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void aReportNeedsNothingElse(Path story) throws Exception {
    String html = formatted(story, "html");
    Document page = parse(html);
    assertEquals(List.of(), values(page, "src"));
    assertEquals(List.of(), values(page, "href"));
    assertEquals(List.of(), values(page, "style"));
    assertFalse(html.contains("http:"), "http:");
    assertFalse(html.contains("https:"), "https:");
    assertFalse(html.contains("@import"), "@import");
    assertEquals(
        List.of(),
        values(page, "fill").stream().filter(fill -> !fill.startsWith("url(#")).toList());
    assertEquals(1, page.getElementsByTagName("h1").getLength());
    assertTrue(
        values(page, "content").stream().anyMatch(text -> text.startsWith("default-src 'none';")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void everyRegionIsToldInWordsAndInTheMap(Path story) throws Exception {
    Document page = parse(formatted(story, "html"));
    Document picture = parse(formatted(story, "svg"));
    Set<String> cells = texts(page, "td");
    Set<String> parts = Set.copyOf(values(page, "aria-label"));
    Set<String> drawn = Set.copyOf(values(picture, "aria-label"));
    JsonNode plan = JsonMapper.shared().readTree(formatted(story, "json"));
    List<JsonNode> plans = new ArrayList<>();
    plan.path("plans").forEach(plans::add);
    for (JsonNode each : plans.isEmpty() ? List.of(plan) : plans) {
      for (JsonNode region : each.path("layout").path("regions")) {
        String range = region.get("start").asString() + ".." + region.get("end").asString();
        String start = region.get("name").asString().replace("`", "") + ": " + range + " (";
        assertTrue(cells.contains(range), range);
        assertTrue(parts.stream().anyMatch(part -> part.startsWith(start)), start);
        assertTrue(drawn.stream().anyMatch(part -> part.startsWith(start)), start);
      }
      for (JsonNode node : each.path("layout").path("vnuma")) {
        for (JsonNode range : node.get("ranges")) {
          String words = range.get("start").asString() + ".." + range.get("end").asString();
          assertTrue(texts(page, "p").stream().anyMatch(p -> p.startsWith(words + " (")), words);
        }
      }
      for (JsonNode rule : each.path("conflict").path("rules")) {
        String line = rule.get("origin").get("text").asString();
        assertTrue(line.isEmpty() || texts(page, "code").contains(line), line);
      }
      for (JsonNode step : each.path("conflict").path("steps")) {
        if (step.get("kind").asString().equals("clash")) {
          String range = step.get("statement").asString().split(" ")[0];
          assertTrue(drawn.stream().anyMatch(part -> isClash(part, range)), range);
          assertTrue(parts.stream().anyMatch(part -> isClash(part, range)), range);
        }
      }
    }
  }

  private static boolean isClash(String part, String range) {
    return part.startsWith("taken twice") && part.contains(": " + range + " (");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void thePictureIsWellFormedAndNamesNothingElse(Path story) throws Exception {
    String svg = formatted(story, "svg");
    Element root = parse(svg).getDocumentElement();
    assertEquals("svg", root.getTagName());
    assertEquals("http://www.w3.org/2000/svg", root.getAttribute("xmlns"));
    assertEquals(1, Pattern.compile("https?:").matcher(svg).results().count(), "its namespace");
    assertEquals(0, root.getElementsByTagName("script").getLength());
    Matcher ids = Pattern.compile(" id=\"([^\"]*)\"").matcher(svg);
    Set<String> seen = new LinkedHashSet<>();
    while (ids.find()) {
      assertTrue(seen.add(ids.group(1)), ids.group(1));
    }
    Matcher uses = Pattern.compile("url\\(#([^)]*)\\)").matcher(svg);
    while (uses.find()) {
      assertTrue(seen.contains(uses.group(1)), uses.group(1));
    }
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    Path story = Path.of("examples/igd-small-hole");
    for (String form : List.of("html", "svg")) {
      assertEquals(formatted(story, form), formatted(story, form));
    }
  }

  @Test
  void namesOfTheInputAreTextAndNothingElse() throws Exception {
    for (String form : List.of("html", "svg")) {
      Run run = HostileInput.run(folder, form);
      assertEquals(ExitCode.CONFLICT, run.exit(), run.err());
      Document page = parse(run.out());
      for (String element : List.of("b", "i", "img", "a")) {
        assertEquals(0, page.getElementsByTagName(element).getLength(), element);
      }
      assertEquals(
          form.equals("html") ? 1 : 0, page.getElementsByTagName("script").getLength(), form);
      assertTrue(
          values(page, "aria-label").stream().anyMatch(part -> part.contains(HostileInput.NAME)),
          form);
      assertFalse(Pattern.compile("[\\x{202E}\\x{FFFE}\\x07]").matcher(run.out()).find(), form);
    }
  }

  @Test
  void aBatchAnswersInJson() {
    Run run = Run.of("plan", "--batch", "none.jsonl", "--format", "html");
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().contains("--batch answers in JSON"), run.err());
  }

  /** With {@code -Dgfnplan.record=true} it is drawn anew. */
  @Test
  void thePictureInTheReadmeIsCurrent() throws IOException {
    String svg = formatted(Path.of("examples/igd-small-hole"), "svg");
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.writeString(PICTURE, svg);
    }
    assertEquals(Files.readString(PICTURE), svg, PICTURE.toString());
    assertTrue(Files.readString(Path.of("README.md")).contains("](" + PICTURE + ")"));
  }

  private static String formatted(Path story, String form) {
    List<String> args = new ArrayList<>(StoriesTest.command(story));
    args.addAll(List.of("--format", form));
    Run run = Run.of(args);
    assertEquals("", run.err());
    return run.out();
  }

  /** Reads markup as XML, which a page of this program is as well. */
  private static Document parse(String markup) throws SAXException, IOException {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(markup)));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> values(Document page, String attribute) {
    List<String> found = new ArrayList<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      if (((Element) all.item(i)).hasAttribute(attribute)) {
        found.add(((Element) all.item(i)).getAttribute(attribute));
      }
    }
    return found;
  }

  private static Set<String> texts(Document page, String element) {
    Set<String> found = new LinkedHashSet<>();
    NodeList all = page.getElementsByTagName(element);
    for (int i = 0; i < all.getLength(); i++) {
      found.add(all.item(i).getTextContent());
    }
    return found;
  }
}
