package org.gfnplan.models.platform.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Recorded cases as text: JSON objects, on a line each or in one list. */
public final class CaseText {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CASES = 1 << 20;

  private CaseText() {}

  /**
   * The object of a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ObjectNode object(String line) {
    if (!(tree(line) instanceof ObjectNode given)) {
      throw new IllegalArgumentException("a case must be a JSON object");
    }
    return given;
  }

  /** An object as a line. */
  public static String line(JsonNode node) {
    return JSON.writeValueAsString(node);
  }

  /** The line that answers a line that is no case. */
  public static String refusal(@Nullable String why) {
    return line(JsonNodeFactory.instance.objectNode().put("error", why));
  }

  /**
   * The entries of a list of cases, each as a line.
   *
   * @throws IllegalArgumentException when it is no list
   */
  public static List<String> lines(String document) {
    if (!(tree(document) instanceof ArrayNode list) || list.size() > MOST_CASES) {
      throw new IllegalArgumentException(
          "cases must be JSON lines, or one JSON list of at most %d".formatted(MOST_CASES));
    }
    return list.valueStream().map(CaseText::line).toList();
  }

  /** A list of these lines, indented by one blank as recorded lists are, without a last newline. */
  public static String list(List<String> lines) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    lines.forEach(line -> list.add(tree(line)));
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultIndenter indent = new DefaultIndenter(" ", "\n");
    return JSON.writer()
        .with(
            new DefaultPrettyPrinter(separators)
                .withArrayIndenter(indent)
                .withObjectIndenter(indent))
        .writeValueAsString(list);
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
