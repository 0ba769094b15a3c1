package org.gfnplan.models.report;

import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.proof.CheckJson;
import org.gfnplan.models.words.Sizes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a guest starts as a JSON document of the schema {@code check-1.schema.json}. */
public final class StartJson {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private StartJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(StartReport report) {
    Today today = report.today();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", CheckJson.SCHEMA);
    root.put("verdict", word(report.verdict()));
    root.put("host", report.scene().host().name());
    root.put("guest", report.scene().guest().name());
    root.put("platform", report.platform());
    root.put("summary", today.summary());
    ArrayNode stages = root.putArray("stages");
    for (Stage stage : today.stages()) {
      ObjectNode node = stages.addObject();
      node.put("stage", stage.name().word().replace(' ', '-'));
      node.put("verdict", word(stage.verdict()));
      node.put("summary", stage.summary());
      ArrayNode messages = node.putArray("messages");
      stage.messages().forEach(messages::add);
    }
    if (report.hasTwoViews()) {
      ObjectNode qemu = root.putObject("qemu");
      qemu.put("agrees", today.agree());
      qemu.put("lowmem_end", Sizes.address(today.lowmemEnd()));
      qemu.put("highmem_end", Sizes.address(today.highmemEnd()));
      qemu.put("qemu_lowmem_end", Sizes.address(today.qemuLowEnd()));
      qemu.put("qemu_highmem_end", Sizes.address(today.qemuHighEnd()));
    }
    ArrayNode findings = root.putArray("findings");
    report.findings().forEach(finding -> findings.add(PlanJson.finding(finding)));
    return PRETTY.writeValueAsString(root);
  }

  private static String word(Stage.Verdict verdict) {
    return verdict.word().replace(' ', '-');
  }
}
