package org.gfnplan.models.hotplug;

import java.util.List;
import org.gfnplan.models.hotplug.HotplugRange.InTheWay;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.report.OriginJson;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.p2m.PageCounts;
import org.gfnplan.solver.space.Gfn;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What became of a guest and its devices, as a document of {@code hotplug-1.schema.json}. */
public final class HotplugJson {
  private static final String SCHEMA = "gfnplan/hotplug-1";
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HotplugJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(HotplugReport report) {
    return PRETTY.writeValueAsString(document(report));
  }

  /** A document that lists why an input cannot be used. */
  public static String unusable(List<InputProblem> problems) {
    return PRETTY.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }

  private static ObjectNode document(HotplugReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", report.failures() == 0 ? "fine" : "failures");
    root.put("host", report.host());
    root.put("guest", report.plan().guest());
    root.put("failures", report.failures());
    ArrayNode atCreation = root.putArray("at_creation");
    report.atCreation().forEach(step -> atCreation.add(step(step)));
    ArrayNode events = root.putArray("events");
    report.events().forEach(step -> events.add(step(step)));
    ObjectNode pages = root.putObject("pages");
    pages.set("before", pages(report.before()));
    pages.set("after", pages(report.after()));
    return root;
  }

  private static ObjectNode step(HotplugStep step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("action", step.event().action().word());
    node.put("device", step.event().device().toString());
    node.put("rdm_policy", step.event().policy().word());
    node.put("outcome", step.outcome().word());
    if (step.error() != null) {
      node.put("error", step.error());
    }
    node.put("message", step.message());
    ArrayNode ranges = node.putArray("ranges");
    step.ranges().forEach(range -> ranges.add(range(range)));
    ArrayNode notes = node.putArray("notes");
    step.notes().forEach(notes::add);
    return node;
  }

  private static ObjectNode range(HotplugRange range) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", range.memory().label());
    node.put("start", Sizes.address(Gfn.toBytes(range.memory().frames().start())));
    node.put("end", Sizes.address(Gfn.toBytes(range.memory().frames().end())));
    node.put("outcome", range.outcome().word());
    node.put("reserved", range.reserved());
    node.put("holders", range.holders());
    ArrayNode list = node.putArray("in_the_way");
    for (InTheWay other : range.inTheWay()) {
      ObjectNode item = list.addObject();
      item.put("name", other.name());
      item.put("kind", other.kind());
      item.put("start", Sizes.address(Gfn.toBytes(other.range().start())));
      item.put("end", Sizes.address(Gfn.toBytes(other.range().end())));
    }
    node.set("origin", OriginJson.origin(range.memory().origin()));
    return node;
  }

  private static ObjectNode pages(PageCounts pages) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("4k", pages.small());
    node.put("2m", pages.large());
    node.put("1g", pages.huge());
    return node;
  }
}
