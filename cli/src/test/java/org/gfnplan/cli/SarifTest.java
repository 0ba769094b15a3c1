package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.report.sarif.SarifJson;
import org.gfnplan.models.report.sarif.SarifResult;
import org.gfnplan.models.report.sarif.SarifRun;
import org.gfnplan.solver.problem.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Answers as SARIF logs. */
class SarifTest {
  private static final Path SMALL_HOLE = Path.of("examples/igd-small-hole");
  private static final Path GOLDEN = Path.of("cli/src/test/resources/ci/igd-small-hole.sarif");

  @TempDir private Path folder;

  static Stream<Path> answers() throws IOException {
    return StoriesTest.stories()
        .filter(story -> List.of("plan", "explain").contains(StoriesTest.command(story).get(0)));
  }

  private static Run run(Path story, String form) {
    List<String> args = new ArrayList<>(StoriesTest.command(story));
    args.addAll(List.of("--format", form));
    return Run.of(args);
  }

  private static Run plan(Path host, Path guest) {
    return Run.of(
        "plan", "--host", host.toString(), "--guest", guest.toString(), "--format", "sarif");
  }

  @Test
  void theSchemaRefusesWhatIsNoLog() {
    String log = run(SMALL_HOLE, "sarif").out();
    assertNotEquals(List.of(), SarifLog.complaints(log.replace("\"error\"", "\"fatal\"")));
    assertNotEquals(List.of(), SarifLog.complaints(log.replace("guest.cfg\"", "a guest\"")));
    assertNotEquals(
        List.of(), SarifLog.complaints(log.replace("\"startLine\" : 5", "\"startLine\" : 0")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void everyConflictAndFindingIsAResult(Path story) {
    Run answer = run(story, "sarif");
    assertEquals(answer, run(story, "sarif"), "the same bytes again");
    JsonNode log = SarifLog.run(answer.out());
    assertEquals(answer.exit(), log.at("/invocations/0/exitCode").asInt());
    assertTrue(log.at("/invocations/0/executionSuccessful").asBoolean());
    String text = Run.of(StoriesTest.command(story)).out();
    long conflicts =
        text.lines().filter(line -> line.matches("  (these .*cannot|this cannot).*")).count();
    assertEquals(
        conflicts,
        log.get("results").valueStream().filter(one -> one.has("relatedLocations")).count());
    String json = run(story, "json").out();
    for (FindingEntry entry : Catalogue.get().findings()) {
      assertEquals(
          json.contains("\"id\" : \"%s\"".formatted(entry.id())),
          log.get("results")
              .valueStream()
              .anyMatch(one -> one.get("ruleId").asString().equals(entry.id())),
          entry.id());
    }
    for (JsonNode result : log.get("results")) {
      JsonNode rule = log.at("/tool/driver/rules").get(result.get("ruleIndex").asInt());
      assertEquals(rule.get("id"), result.get("ruleId"));
      assertTrue(result.at("/locations/0/physicalLocation").isObject(), result.toString());
    }
    List<String> prints =
        SarifLog.all(log, SarifJson.FINGERPRINT).stream().map(JsonNode::asString).toList();
    assertEquals(prints.size(), prints.stream().distinct().count());
    for (JsonNode uri : SarifLog.all(log, "uri")) {
      assertTrue(Files.exists(Path.of(URI.create(uri.asString()).getPath())), uri.asString());
    }
  }

  /** What a user would see in a code scanning service, whole. */
  @Test
  void aConflictIsShownWhereItsCheapestRepairIsMade() throws IOException {
    String log = run(SMALL_HOLE, "sarif").out();
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, log);
    }
    assertEquals(Files.readString(GOLDEN), log);
    JsonNode result = SarifLog.run(log).at("/results/0");
    assertEquals("H3", result.get("ruleId").asString());
    assertEquals(
        "mmio_hole = 512",
        result.at("/locations/0/physicalLocation/region/snippet/text").asString());
    assertEquals(0x58, result.at("/relatedLocations/1/physicalLocation/region/byteOffset").asInt());
  }

  @Test
  void everyFixLeadsToALayout() throws IOException {
    int fixes = 0;
    for (Path story : StoriesTest.plans().toList()) {
      List<String> command = StoriesTest.command(story);
      Path host = Path.of(command.get(2));
      for (JsonNode fix : SarifLog.all(SarifLog.run(run(story, "sarif").out()), "fixes")) {
        for (JsonNode one : fix) {
          fixes++;
          JsonNode change = one.at("/artifactChanges/0");
          Path guest = Path.of(change.at("/artifactLocation/uri").asString());
          Path fixed = folder.resolve(fixes + ".cfg");
          Files.write(fixed, fixed(Files.readAllLines(guest), change));
          Run run = plan(host, fixed);
          assertEquals(0, run.exit(), () -> story + " " + one + run.out());
        }
      }
    }
    assertTrue(fixes >= 3, "only " + fixes);
  }

  private static List<String> fixed(List<String> lines, JsonNode change) {
    List<String> fixed = new ArrayList<>(lines);
    for (JsonNode replacement : change.get("replacements")) {
      int line = replacement.at("/deletedRegion/startLine").asInt() - 1;
      fixed.set(line, replacement.at("/insertedContent/text").asString(""));
    }
    return fixed;
  }

  @Test
  void fingerprintsStayWhenLinesMove() throws IOException {
    Path guest = folder.resolve("guest.cfg");
    Path host = SMALL_HOLE.resolve("host");
    Files.copy(SMALL_HOLE.resolve("guest.cfg"), guest);
    JsonNode before = SarifLog.run(plan(host, guest).out()).get("results");
    Files.writeString(guest, "# moved\n\n" + Files.readString(guest));
    JsonNode moved = SarifLog.run(plan(host, guest).out()).get("results");
    assertEquals(
        SarifLog.all(before, SarifJson.FINGERPRINT), SarifLog.all(moved, SarifJson.FINGERPRINT));
    assertNotEquals(SarifLog.all(before, "startLine"), SarifLog.all(moved, "startLine"));
    Files.writeString(guest, Files.readString(guest).replace("= 512", "= 768"));
    JsonNode other = SarifLog.run(plan(host, guest).out()).get("results");
    assertNotEquals(
        SarifLog.all(before, SarifJson.FINGERPRINT), SarifLog.all(other, SarifJson.FINGERPRINT));
  }

  @Test
  void aFindingOfTwoGuestsIsOneResult() {
    JsonNode log = SarifLog.run(run(Path.of("examples/two-guests-shared-rmrr"), "sarif").out());
    assertEquals(
        1,
        log.get("results")
            .valueStream()
            .filter(one -> one.get("ruleId").asString().equals("reserved-memory-shared"))
            .count());
  }

  @Test
  void hostileNamesAreNeitherLinksNorPlaceholdersNorSchemes() throws IOException {
    Run run = HostileInput.run(folder, "sarif");
    assertEquals(1, run.exit(), run.err());
    JsonNode log = SarifLog.run(run.out());
    String message = log.at("/results/0/message/text").asString();
    assertTrue(message.contains("{{{{x}}}}"), message);
    SarifLog.all(log, "uri").forEach(uri -> URI.create(uri.asString()));
    assertFalse(run.out().chars().anyMatch(c -> c < ' ' && c != '\n'), "control characters");
  }

  @ParameterizedTest
  @CsvSource({
    "a b.cfg, a%20b.cfg",
    "100%25#1?.cfg, 100%2525%231%3F.cfg",
    "javascript:x.cfg, javascript%3Ax.cfg",
    "grüße.cfg, gr%C3%BC%C3%9Fe.cfg",
    "./here.cfg, here.cfg",
    ".//here.cfg, here.cfg",
    "/no/such file, file:///no/such%20file",
  })
  void aFileIsAReferenceThatLeadsToIt(String path, String reference) {
    Run run = Run.of("plan", "--host", "examples/no-rmrr", "--guest", path, "--format", "sarif");
    assertEquals(2, run.exit());
    JsonNode log = SarifLog.run(run.out());
    assertFalse(log.at("/invocations/0/executionSuccessful").asBoolean());
    assertEquals(2, log.at("/invocations/0/exitCode").asInt());
    assertEquals(0, log.get("results").size());
    List<String> uris = SarifLog.all(log, "uri").stream().map(JsonNode::asString).toList();
    assertTrue(uris.contains(reference), uris.toString());
  }

  @Test
  void whatNobodyKnowsIsNoResult() {
    Run run =
        Run.of(
            "plan",
            "--host",
            "examples/eight-gpus-46-bits/host",
            "--guest",
            "examples/eight-gpus-46-bits/guest.yaml",
            "--format",
            "sarif",
            "--engine",
            "choco",
            "--steps",
            "1");
    assertEquals(3, run.exit(), run.out());
    JsonNode log = SarifLog.run(run.out());
    JsonNode notice = log.at("/invocations/0/toolExecutionNotifications/0");
    assertEquals("undecided", notice.at("/descriptor/id").asString());
    assertEquals("error", notice.get("level").asString());
    assertFalse(log.at("/invocations/0/executionSuccessful").asBoolean());
  }

  @Test
  void everyRuleAndAnyPlaceCanBeWritten() {
    List<Origin> places =
        List.of(
            Origin.line("guest.cfg", Integer.MAX_VALUE, "x".repeat(100_000)),
            Origin.line("guest.cfg", 0, ""),
            Origin.offset("DMAR.dat", Long.MAX_VALUE, ""),
            Origin.offset("DMAR.dat", -1, "\u0000\ud800"),
            Origin.builtIn("<stdin>", ""),
            Origin.builtIn("hvmloader e820.c", "BUG_ON"));
    List<String> ids = new ArrayList<>(Catalogue.get().ruleIds());
    Catalogue.get().findings().forEach(finding -> ids.add(finding.id()));
    List<SarifResult> results = new ArrayList<>();
    for (String id : ids) {
      Origin place = places.get(results.size() % places.size());
      results.add(
          new SarifResult(
              id,
              Severity.NOTE,
              "\u0007[a](http://x) {0} \ud800".repeat(1000),
              place,
              Origin.builtIn("guest.cfg", ""),
              List.of(),
              List.of(),
              List.of("same")));
    }
    SarifRun run = new SarifRun("1.2.3-x", List.of("<stdin>"), 0, results, List.of());
    JsonNode log = SarifLog.run(SarifJson.pretty(run));
    assertEquals(ids.size(), log.at("/tool/driver/rules").size());
    assertEquals("1.2.3-x", log.at("/tool/driver/semanticVersion").asString());
    assertEquals(
        ids.size(),
        SarifLog.all(log, SarifJson.FINGERPRINT).stream().distinct().count(),
        "numbered");
    assertEquals(
        Long.MAX_VALUE,
        SarifLog.all(log, "byteOffset").stream().mapToLong(JsonNode::asLong).max().orElse(0));
    SarifLog.all(log, "text")
        .forEach(text -> assertFalse(text.asString().contains("](http"), text.asString()));
  }
}
