package org.gfnplan.models.diff;

import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.report.OriginJson;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What differs between two layouts, as a document of {@code diff-1.schema.json}. */
public final class DiffJson {
  private static final String SCHEMA = "gfnplan/diff-1";
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DiffJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(LayoutDiff diff) {
    return PRETTY.writeValueAsString(document(diff));
  }

  /** A document that lists why an input cannot be used. */
  public static String unusable(List<InputProblem> problems) {
    return PRETTY.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }

  private static ObjectNode document(LayoutDiff diff) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", diff.changes().isEmpty() ? "equal" : "different");
    root.put(
        "keeps_running",
        switch (diff.effect()) {
          case NONE -> "yes";
          case UNKNOWN -> "unknown";
          case BREAKS -> "no";
        });
    root.set("before", picture(diff.before()));
    root.set("after", picture(diff.after()));
    ArrayNode changes = root.putArray("changes");
    diff.changes().forEach(change -> changes.add(change(change)));
    return root;
  }

  private static ObjectNode picture(Picture picture) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    PlanDocument plan = picture.plan();
    node.put("document", picture.document());
    node.put("form", plan == null ? "capture" : "plan");
    if (plan != null) {
      node.put("guest", plan.guest());
      node.put("host", plan.host());
    }
    return node;
  }

  private static ObjectNode change(LayoutChange change) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("change", change.how().word());
    node.put("name", change.name());
    node.put("kind", change.kind());
    if (change.newKind() != null) {
      node.put("new_kind", change.newKind());
    }
    node.set("before", frames(change.before()));
    node.set("after", frames(change.after()));
    node.put("bytes", change.bytes());
    node.put("effect", change.effect().word());
    return node;
  }

  private static ArrayNode frames(GfnSet frames) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (GfnRange range : frames.ranges()) {
      list.addArray()
          .add(Sizes.address(Gfn.toBytes(range.start())))
          .add(Sizes.address(Gfn.toBytes(range.end())));
    }
    return list;
  }
}
