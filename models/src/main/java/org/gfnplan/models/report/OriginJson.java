package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What all documents say alike: where a thing comes from, and why an input cannot be used. */
public final class OriginJson {
  private OriginJson() {}

  /** {@code document}, {@code line} or {@code offset}, and {@code text}. */
  public static ObjectNode origin(Origin origin) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("document", origin.document());
    if (origin.position() instanceof Position.Line line) {
      node.put("line", line.number());
    } else if (origin.position() instanceof Position.Offset offset) {
      node.put("offset", offset.bytes());
    }
    node.put("text", origin.text());
    return node;
  }

  /** A document of that schema that says only why an input cannot be used. */
  public static ObjectNode unusable(String schema, List<InputProblem> problems) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", schema);
    root.put("verdict", "unusable");
    ArrayNode list = root.putArray("problems");
    for (InputProblem problem : problems) {
      ObjectNode item = list.addObject();
      item.put("message", problem.message());
      item.set("origin", origin(problem.origin()));
    }
    return root;
  }
}
