package org.gfnplan.models.capture;

import org.gfnplan.models.proof.CheckJson;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Captured files against a plan as a JSON document of the schema {@code check-1.schema.json}. */
public final class CaptureJson {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private CaptureJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(CaptureReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", CheckJson.SCHEMA);
    root.put("verdict", report.isFine() ? "as-planned" : "differs");
    root.put("host", report.plan().host());
    root.put("guest", report.plan().guest());
    root.put("platform", report.plan().platform());
    root.put("plan", report.plan().document());
    ArrayNode files = root.putArray("captured");
    for (CaptureReport.Checked checked : report.files()) {
      ObjectNode file = files.addObject();
      file.put("document", checked.captured().document());
      file.put("form", checked.captured().form());
      ArrayNode differences = file.putArray("differences");
      for (Difference difference : checked.differences()) {
        ObjectNode node = differences.addObject().put("what", difference.what());
        node.put("planned", difference.planned());
        node.put("captured", difference.captured());
      }
      ArrayNode inconsistencies = file.putArray("inconsistencies");
      checked.inconsistencies().forEach(inconsistencies::add);
    }
    return PRETTY.writeValueAsString(root);
  }
}
