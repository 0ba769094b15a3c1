package org.gfnplan.models.proof;

import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.report.OriginJson;
import org.gfnplan.solver.answer.Conflict;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The result of a check as a JSON document of the schema {@code check-1.schema.json}. */
public final class CheckJson {
  /** The name of the schema in every document. */
  public static final String SCHEMA = "gfnplan/check-1";

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private CheckJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(CheckedProof checked) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", checked.verdict().word());
    root.put("host", checked.proof().host());
    root.put("guest", checked.proof().guest());
    root.put("platform", checked.proof().platform());
    ArrayNode conflicts = root.putArray("conflicts");
    for (int i = 0; i < checked.conflicts().size(); i++) {
      CheckedProof.Checked result = checked.conflicts().get(i);
      Conflict conflict = checked.proof().conflicts().get(i);
      ObjectNode item = conflicts.addObject();
      item.put("verdict", result.verdict().word());
      item.put("members", conflict.statements().size());
      item.put("steps", conflict.steps().size());
      ArrayNode complaints = item.putArray("complaints");
      result.complaints().forEach(complaints::add);
      ArrayNode engines = item.putArray("searched_by");
      result.engines().forEach(engines::add);
    }
    return PRETTY.writeValueAsString(root);
  }

  /** A document that lists why a proof cannot be read. */
  public static String unusablePretty(List<InputProblem> problems) {
    return PRETTY.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }
}
