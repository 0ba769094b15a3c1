package org.gfnplan.models.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dumps of real machines, and what other readers found in them. */
public final class Corpus {
  private static final String VARIABLE = "GFNPLAN_SHARED";

  private Corpus() {}

  /** A file of the corpus; skips the test when there is no corpus. */
  public static Path path(String name) {
    String root = System.getenv(VARIABLE);
    Assumptions.assumeTrue(root != null, VARIABLE + " is not set");
    return Path.of(root == null ? "" : root, "corpus", name);
  }

  /** The bytes of a file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code hosts/index.json} says, a host each. */
  public static Stream<JsonNode> hosts() {
    return elements("hosts/index.json", "hosts");
  }

  /** What {@code text/index.json} says, a file each. */
  public static Stream<JsonNode> texts() {
    return elements("text/index.json", "files");
  }

  private static Stream<JsonNode> elements(String file, String field) {
    JsonNode index = JsonMapper.shared().readTree(bytes(path(file)));
    return StreamSupport.stream(index.get(field).spliterator(), false);
  }
}
