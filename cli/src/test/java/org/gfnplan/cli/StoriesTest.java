package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.gfnplan.models.report.HostPlanJson;
import org.gfnplan.models.report.PlanJson;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of {@code examples/}: its command is run, and text, JSON and exit code are compared
 * byte for byte. With {@code -Dgfnplan.record=true} the expected files are written instead; look at
 * the difference before you commit it.
 */
class StoriesTest {
  private static final String LOCATION = "https://gfnplan.org/schema/%s.schema.json";
  private static final SchemaRegistry REGISTRY = registry();

  static Stream<Path> stories() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("examples"))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void saysWhatItIsExpectedToSay(Path story) throws IOException {
    List<String> args = command(story);
    Run text = Run.of(args);
    assertEquals("", text.err());
    compare(story.resolve("expected.txt"), text.out());
    compare(story.resolve("exit"), text.exit() + "\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void saysTheSameAsJsonOfThePublishedSchema(Path story) throws IOException {
    List<String> args = new ArrayList<>(command(story));
    args.addAll(List.of("--format", "json"));
    Run json = Run.of(args);
    compare(story.resolve("expected.json"), json.out());
    String own = args.get(0) + "-1";
    String name = json.out().contains(HostPlanJson.SCHEMA) ? "host-plan-1" : own;
    Schema schema = REGISTRY.getSchema(SchemaLocation.of(LOCATION.formatted(name)));
    assertEquals(List.of(), schema.validate(json.out(), InputFormat.JSON), "schema");
  }

  static Stream<Path> proofs() throws IOException {
    return stories().filter(story -> Files.exists(story.resolve("proof.json")));
  }

  /** A story with a proof has the guest and the host that the proof is of. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("proofs")
  void aProofIsWhatPlanWrites(Path story, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("proof.json");
    Path guest = story.resolve("guest.cfg");
    Path host = story.resolve("host.yaml");
    Run plan =
        Run.of(
            "plan",
            "--proof",
            file.toString(),
            "--host",
            host.toString(),
            "--guest",
            guest.toString());
    assertEquals(1, plan.exit(), plan.err());
    String proof = Files.readString(file);
    compare(story.resolve("proof.json"), proof);
    Schema schema = REGISTRY.getSchema(SchemaLocation.of(LOCATION.formatted("proof-1")));
    assertEquals(List.of(), schema.validate(proof, InputFormat.JSON), "schema");
  }

  static Stream<Path> plans() throws IOException {
    return stories().filter(story -> command(story).get(0).equals("plan"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void everyEngineComesToTheSameLayout(Path story) {
    String exact = withoutEngine(command(story), "exact");
    assertEquals(exact, withoutEngine(command(story), "choco"));
    assertEquals(exact, withoutEngine(command(story), "cp-sat"));
  }

  private static String withoutEngine(List<String> command, String engine) {
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--format", "json", "--engine", engine));
    Run run = Run.of(args);
    assertTrue(run.exit() < 2, run.err());
    return run.out().replaceAll("\"engine\" : \"[^\"]*\"", "");
  }

  /** The last line of the file; the lines before it say what the story is about. */
  static List<String> command(Path story) {
    try {
      List<String> lines = Files.readAllLines(story.resolve("command"));
      return List.of(lines.get(lines.size() - 1).split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.writeString(file, actual);
    }
    assertEquals(Files.readString(file), actual, file.toString());
  }

  /** Schemas name each other, so each has to be found by its identifier. */
  private static SchemaRegistry registry() {
    Map<String, String> schemas = new HashMap<>();
    for (String name :
        List.of(
            "plan-1", "host-plan-1", "hotplug-1", "diff-1", "explain-1", "check-1", "proof-1")) {
      try (InputStream in =
          Objects.requireNonNull(
              PlanJson.class.getResourceAsStream(
                  "/org/gfnplan/schema/%s.schema.json".formatted(name)))) {
        schemas.put(
            LOCATION.formatted(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(schemas));
  }
}
