package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SARIF logs, judged by the schema that OASIS publishes. */
final class SarifLog {
  private static final Schema SCHEMA = schema();

  private SarifLog() {}

  /** The one run of a log, which the schema must accept. */
  static JsonNode run(String log) {
    assertEquals(List.of(), complaints(log), log);
    JsonNode runs = JsonMapper.shared().readTree(log).get("runs");
    assertEquals(1, runs.size());
    return runs.get(0);
  }

  /** What the schema says against a log. */
  static List<String> complaints(String log) {
    return SCHEMA
        .validate(
            log,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** Every value of that key, at any depth, in order. */
  static List<JsonNode> all(JsonNode node, String key) {
    List<JsonNode> found = new ArrayList<>();
    node.properties()
        .forEach(
            property -> {
              if (property.getKey().equals(key)) {
                found.add(property.getValue());
              }
              found.addAll(all(property.getValue(), key));
            });
    if (node.isArray()) {
      node.forEach(item -> found.addAll(all(item, key)));
    }
    return found;
  }

  private static Schema schema() {
    try (InputStream in =
        Objects.requireNonNull(
            SarifLog.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
