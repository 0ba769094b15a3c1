package org.gfnplan.models.report;

import java.util.stream.Stream;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Undecided;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plans of several guests on one host as a JSON document of the schema {@code
 * host-plan-1.schema.json}; each guest's is a plan document of its own inside.
 */
public final class HostPlanJson {
  /** The name of the schema in every document. */
  public static final String SCHEMA = "gfnplan/host-plan-1";

  private static final JsonMapper LINE = JsonMapper.builder().build();
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HostPlanJson() {}

  /** The document on one line. */
  public static String line(HostPlan plan) {
    return LINE.writeValueAsString(document(plan));
  }

  /** The document over many lines, without a newline at the end. */
  public static String pretty(HostPlan plan) {
    return PRETTY.writeValueAsString(document(plan));
  }

  static ObjectNode document(HostPlan plan) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", plan.verdict().word());
    root.put("host", plan.host().name());
    ArrayNode guests = root.putArray("guests");
    plan.plans().forEach(each -> guests.add(each.scene().guest().name()));
    root.put("together", plan.together().word());
    root.put("engine", plan.engine());
    if (plan.answer() instanceof Conflict conflict) {
      root.set(
          "conflict",
          PlanJson.conflict(conflict, step -> HostStepWords.sentence(step, plan.model())));
      ArrayNode repairs = root.putArray("repairs");
      plan.repairs().forEach(repair -> repairs.add(repair(plan, repair)));
    }
    if (plan.answer() instanceof Undecided undecided) {
      root.put("reason", undecided.reason());
    }
    ArrayNode findings = root.putArray("findings");
    plan.findings().forEach(finding -> findings.add(PlanJson.finding(finding)));
    ArrayNode plans = root.putArray("plans");
    plan.plans().forEach(each -> plans.add(PlanJson.document(each)));
    return root;
  }

  private static ObjectNode repair(HostPlan plan, HostRepair repair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", plan.title(repair));
    node.put("cost", repair.cost());
    node.put("verdict", Verdict.LAYOUT.word());
    ArrayNode guests = node.putArray("guests");
    for (HostPlan.Part part : plan.parts(repair)) {
      Realised realised = part.repair().realised();
      ObjectNode item = guests.addObject();
      item.put("guest", part.repair().guest().name());
      item.set("change", PlanJson.change(part.plan(), part.repair()));
      item.put("lowmem_end", Sizes.address(realised.lowmemEnd()));
      item.put("highmem_end", Sizes.address(realised.highmemEnd()));
      item.set("settings", PlanJson.settings(realised.settings()));
    }
    ArrayNode givesUp = node.putArray("gives_up");
    repair.changes().stream()
        .flatMap(change -> Stream.ofNullable(change.givesUp()))
        .distinct()
        .forEach(givesUp::add);
    return node;
  }
}
