package org.gfnplan.models.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One line of a batch: {@code {"host": ..., "guest": ...}}, or {@code "guests": [...]} for several
 * on one host. Each is a path or a document of our own kind; a host may be a list of paths.
 *
 * @param hosts where the host is described; at least one
 * @param guests where each guest is described; at least one
 * @param together whether the guests are planned together, as a list of them is
 */
public record BatchRequest(List<Source> hosts, List<Source> guests, boolean together) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public BatchRequest {
    hosts = List.copyOf(hosts);
    guests = List.copyOf(guests);
  }

  /** A path, or a document that stands in the line itself. */
  public sealed interface Source {
    /**
     * A path.
     *
     * @param text as the line spells it
     */
    record Path(String text) implements Source {}

    /**
     * A document.
     *
     * @param name what to call it
     * @param json the document
     */
    record Document(String name, String json) implements Source {
      /** The document as a file would hold it. */
      public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * Reads a line.
   *
   * @throws UnusableInput when it is no request; the origin is the line of the batch
   */
  public static BatchRequest parse(String batch, int number, String line) throws UnusableInput {
    Origin origin = Origin.line(batch, number, line.length() > 120 ? line.substring(0, 120) : line);
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JacksonException e) {
      throw unusable(origin, "not JSON: " + e.getOriginalMessage());
    }
    if (!tree.isObject()) {
      throw unusable(origin, "a request must be an object with `host` and `guest`");
    }
    List<InputProblem> problems = new ArrayList<>();
    for (String key : tree.propertyNames()) {
      if (!List.of("host", "guest", "guests").contains(key)) {
        problems.add(new InputProblem(origin, "unknown key `%s`".formatted(key)));
      }
    }
    String name = batch + ":" + number;
    List<Source> hosts = new ArrayList<>();
    JsonNode host = tree.path("host");
    if (host.isArray()) {
      host.forEach(item -> add(hosts, item, name + " host"));
    } else {
      add(hosts, host, name + " host");
    }
    if (hosts.isEmpty() || (host.isArray() && hosts.size() != host.size())) {
      problems.add(
          new InputProblem(origin, "`host` must be a path, a list of paths or a document"));
    }
    List<Source> guests = guests(tree, name, origin, problems);
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    return new BatchRequest(hosts, guests, tree.has("guests"));
  }

  private static List<Source> guests(
      JsonNode tree, String name, Origin origin, List<InputProblem> problems) {
    List<Source> guests = new ArrayList<>();
    JsonNode several = tree.path("guests");
    if (!tree.has("guests")) {
      add(guests, tree.path("guest"), name + " guest");
      if (guests.isEmpty()) {
        problems.add(new InputProblem(origin, "`guest` must be a path or a document"));
      }
      return guests;
    }
    if (tree.has("guest")) {
      problems.add(new InputProblem(origin, "`guest` and `guests` cannot both be given"));
    }
    int number = 0;
    for (JsonNode item : several.isArray() ? several : JsonNodeFactory.instance.arrayNode()) {
      number++;
      add(guests, item, "%s guest %d".formatted(name, number));
    }
    if (guests.isEmpty() || guests.size() != several.size()) {
      problems.add(new InputProblem(origin, "`guests` must be a list of paths and documents"));
    }
    return guests;
  }

  private static void add(List<Source> to, JsonNode node, String name) {
    if (node.isString()) {
      to.add(new Source.Path(node.stringValue()));
    } else if (node.isObject()) {
      to.add(new Source.Document(name, JSON.writeValueAsString(node)));
    }
  }

  private static UnusableInput unusable(Origin origin, String message) {
    return new UnusableInput(List.of(new InputProblem(origin, message)));
  }
}
