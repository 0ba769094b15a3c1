package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.answer.Correction;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Knot;
import org.gfnplan.solver.answer.Reason;
import org.gfnplan.solver.problem.Statement;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An explanation as a JSON document of the schema {@code explain-1.schema.json}. */
public final class ExplainJson {
  /** The name of the schema in every document. */
  public static final String SCHEMA = "gfnplan/explain-1";

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ExplainJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(Explained explained) {
    ObjectNode root = head(explained.plan().verdict());
    root.set("plan", PlanJson.document(explained.plan()));
    Enumeration all = explained.all();
    if (all != null) {
      ArrayNode knots = root.putArray("knots");
      all.knots().forEach(knot -> knots.add(knot(knot, explained)));
      ObjectNode complete = root.putObject("complete");
      complete.put("conflicts", all.allConflicts());
      complete.put("corrections", all.allCorrections());
      if (all.stopped() != null) {
        complete.put("stopped", all.stopped());
      }
    }
    return PRETTY.writeValueAsString(root);
  }

  /** The plan of several guests as such a document. */
  public static String pretty(HostPlan plan) {
    ObjectNode root = head(plan.verdict());
    root.set("plan", HostPlanJson.document(plan));
    return PRETTY.writeValueAsString(root);
  }

  /** A document that lists why an input cannot be used. */
  public static String unusablePretty(List<InputProblem> problems) {
    return PRETTY.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }

  private static ObjectNode head(Verdict verdict) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", verdict.word());
    return root;
  }

  private static ObjectNode knot(Knot knot, Explained explained) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode conflicts = node.putArray("conflicts");
    for (Reason reason : knot.conflicts()) {
      ObjectNode item = PlanJson.conflict(reason.conflict(), StepWords::sentence);
      item.put("cost", explained.cost(reason.conflict().statements()));
      addStatements(item, "alike", reason.alike());
      conflicts.add(item);
    }
    ArrayNode corrections = node.putArray("corrections");
    for (Correction correction : knot.corrections()) {
      ObjectNode item = corrections.addObject();
      addStatements(item, "leave_out", correction.statements());
      item.put("cost", explained.cost(correction.statements()));
      item.put("changeable", correction.statements().stream().allMatch(explained::isChangeable));
      addStatements(item, "alike", correction.alike());
    }
    return node;
  }

  private static void addStatements(ObjectNode node, String key, List<Statement> statements) {
    ArrayNode list = node.putArray(key);
    statements.forEach(statement -> list.add(PlanJson.statement(statement)));
  }
}
