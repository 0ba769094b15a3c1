package org.gfnplan.models.report.sarif;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where things stand: files as URI references, lines and bytes in them, places in programs. */
final class SarifPlaces {
  private static final String STANDARD_INPUT = "<stdin>";
  private static final String UNRESERVED = "-._~/";

  private final List<String> inputs;

  SarifPlaces(List<String> inputs) {
    this.inputs = inputs;
  }

  /** The place; what is in no input has no file but {@code otherwise}, where that is given. */
  ObjectNode location(Origin origin, @Nullable Origin otherwise) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean isInput = isInput(origin);
    Origin file = isInput ? origin : otherwise;
    if (file != null) {
      ObjectNode physical = node.putObject("physicalLocation");
      physical.set("artifactLocation", artifact(file.document()));
      ObjectNode region = region(file);
      if (!region.isEmpty()) {
        physical.set("region", region);
      }
    }
    if (!isInput) {
      ObjectNode logical = node.putArray("logicalLocations").addObject();
      if (!origin.text().isEmpty()) {
        logical.put("name", origin.text());
      }
      logical.put("fullyQualifiedName", origin.document());
    }
    return node;
  }

  /** The file, as a reference. */
  static ObjectNode artifact(String document) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (document.equals(STANDARD_INPUT)) {
      node.put("uri", "stdin");
      node.putObject("description").put("text", "standard input");
    } else {
      node.put("uri", uri(document));
    }
    return node;
  }

  /** Whether lines of it can be changed. */
  static boolean isFile(String document) {
    return !document.equals(STANDARD_INPUT);
  }

  /*
   * Only lines and bytes of inputs have numbers. A document as a whole may be one too, or a part of
   * a program that a fact was read from, and then the user named no such file.
   */
  private boolean isInput(Origin origin) {
    return !(origin.position() instanceof Position.Whole)
        || inputs.stream()
            .anyMatch(
                input ->
                    origin.document().equals(input) || origin.document().startsWith(input + "/"));
  }

  private static ObjectNode region(Origin origin) {
    ObjectNode region = JsonNodeFactory.instance.objectNode();
    if (origin.position() instanceof Position.Line line && line.number() > 0) {
      region.put("startLine", line.number());
      if (!origin.text().isEmpty()) {
        region.putObject("snippet").put("text", origin.text());
      }
    } else if (origin.position() instanceof Position.Offset offset && offset.bytes() >= 0) {
      region.put("byteOffset", offset.bytes());
      region.put("byteLength", 0);
    }
    return region;
  }

  /**
   * A path as a URI reference: relative to where the program ran, or of the {@code file} scheme.
   * Everything but letters, digits and {@value #UNRESERVED} is percent-encoded UTF-8, so that no
   * name reads as a scheme, a query or an escape.
   */
  static String uri(String path) {
    String plain = path.replaceFirst("^(?:\\./+)+", "");
    StringBuilder out = new StringBuilder();
    if (plain.startsWith("/")) {
      out.append("file://");
    }
    for (byte unit : plain.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xff);
      boolean plainly =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plainly) {
        out.append(c);
      } else {
        out.append("%%%02X".formatted((int) c));
      }
    }
    return out.toString();
  }
}
