package org.gfnplan.models.proof;

import java.util.List;
import org.gfnplan.models.report.OriginJson;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proof as a JSON document of the schema {@code proof-1.schema.json}. Statements are named by
 * their number, counted from 1; addresses and sizes are frames in hex, ranges half open.
 */
public final class ProofJson {
  /** The name of the schema in every document. */
  public static final String SCHEMA = "gfnplan/proof-1";

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final List<Statement> statements;

  private ProofJson(Problem problem) {
    statements = problem.statements();
  }

  /** The document over many lines, without a newline at the end. */
  public static String pretty(Proof proof) {
    ObjectNode root = head("conflict");
    root.put("host", proof.host());
    root.put("guest", proof.guest());
    root.put("platform", proof.platform());
    ProofJson json = new ProofJson(proof.problem());
    json.addProblem(root.putObject("problem"), proof.problem());
    ArrayNode conflicts = root.putArray("conflicts");
    proof.conflicts().forEach(conflict -> json.addConflict(conflicts.addObject(), conflict));
    return PRETTY.writeValueAsString(root);
  }

  /** A document that says only that there was no conflict, but this. */
  public static String without(String verdict) {
    return PRETTY.writeValueAsString(head(verdict));
  }

  private static ObjectNode head(String verdict) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", verdict);
    return root;
  }

  private void addProblem(ObjectNode node, Problem problem) {
    ArrayNode said = node.putArray("statements");
    for (Statement statement : statements) {
      ObjectNode item = said.addObject();
      item.put("id", statement.id());
      item.put("statement", statement.text());
      if (!statement.strength().isRequired()) {
        item.put("weight", statement.strength().weight());
      }
      item.set("origin", OriginJson.origin(statement.origin()));
    }
    ArrayNode regions = node.putArray("regions");
    for (Region region : problem.regions()) {
      ObjectNode item = regions.addObject();
      item.put("name", region.name());
      item.put("kind", region.kind());
      item.put("min", hex(region.length().min()));
      item.put("max", hex(region.length().max()));
      item.put("alignment", hex(region.alignment().frames()));
      item.put("statement", number(region.statement()));
    }
    ArrayNode rules = node.putArray("rules");
    problem.rules().forEach(rule -> addRule(rules.addObject(), rule));
  }

  private void addRule(ObjectNode node, Rule rule) {
    node.put("rule", Words.rule(rule));
    node.put("statement", number(rule.statement()));
    if (rule instanceof Rule.Pinned pinned) {
      node.put("region", pinned.region().name());
      node.put("start", hex(pinned.start()));
    } else if (rule instanceof Rule.Within within) {
      node.put("region", within.region().name());
      node.set("allowed", set(within.allowed()));
    } else if (rule instanceof Rule.Aligned aligned) {
      node.put("region", aligned.region().name());
      node.put("alignment", hex(aligned.alignment().frames()));
    } else if (rule instanceof Rule.Sized sized) {
      node.put("region", sized.region().name());
      node.put("min", hex(sized.min()));
      node.put("max", hex(sized.max()));
    } else if (rule instanceof Rule.Apart apart) {
      node.put("region", apart.region().name());
      addNames(node.putArray("others"), apart.others());
    } else if (rule instanceof Rule.TotalLength total) {
      addNames(node.putArray("regions"), total.summands());
      node.set("except", set(total.except()));
      node.put("frames", hex(total.frames()));
    } else if (rule instanceof Rule.SameEdge same) {
      node.set("one", edge(same.one()));
      node.set("other", edge(same.other()));
    } else if (rule instanceof Rule.OnGrid grid) {
      node.set("edge", edge(grid.edge()));
      node.put("step", hex(grid.step()));
    } else if (rule instanceof Rule.Follows follows) {
      node.put("region", follows.region().name());
      addNames(node.putArray("chain"), follows.chain());
      node.put("alignment", hex(follows.alignment().frames()));
    } else {
      Rule.Inside inside = (Rule.Inside) rule;
      node.put("region", inside.region().name());
      node.put("container", inside.container().name());
    }
  }

  private void addConflict(ObjectNode node, Conflict conflict) {
    addNumbers(node.putArray("members"), conflict.statements());
    ArrayNode steps = node.putArray("steps");
    conflict.steps().forEach(step -> addStep(steps.addObject(), step));
    ArrayNode witnesses = node.putArray("witnesses");
    for (Statement member : conflict.statements()) {
      Layout layout = conflict.witnesses().get(member);
      if (layout == null) {
        throw new IllegalArgumentException(
            "a conflict must have a witness for each member: member=" + member.id());
      }
      ObjectNode item = witnesses.addObject();
      item.put("without", number(member));
      ObjectNode places = item.putObject("places");
      for (Placement placement : layout.placements()) {
        places
            .putArray(placement.region().name())
            .add(hex(placement.start()))
            .add(hex(placement.length()));
      }
    }
  }

  private void addStep(ObjectNode node, Step step) {
    node.put("step", StepWords.kind(step));
    addNumbers(node.putArray("because"), step.because());
    if (step instanceof Step.Forced forced) {
      node.put("region", forced.region().name());
      node.set("range", range(forced.range()));
    } else if (step instanceof Step.Clash clash) {
      node.put("one", clash.one().name());
      node.put("other", clash.other().name());
      node.set("range", range(clash.range()));
    } else if (step instanceof Step.NoGap gap) {
      node.put("region", gap.region().name());
      node.set("free", set(gap.free()));
      node.put("largest", hex(gap.largest()));
    } else if (step instanceof Step.Overfull full) {
      node.set("free", set(full.free()));
      node.put("block", hex(full.block()));
      node.put("needed", hex(full.needed()));
      node.put("fit", hex(full.fit()));
    } else if (step instanceof Step.NoAddress address) {
      node.set("edge", edge(address.edge()));
      node.put("least", hex(address.least()));
      node.put("most", hex(address.most()));
    } else if (step instanceof Step.Total total) {
      addNames(node.putArray("regions"), total.regions());
      node.put("wanted", hex(total.wanted()));
      node.put("least", hex(total.least()));
      node.put("most", hex(total.most()));
    } else {
      ArrayNode engines = node.putArray("engines");
      ((Step.Searched) step).engines().forEach(engines::add);
    }
  }

  private int number(Statement statement) {
    return statements.indexOf(statement) + 1;
  }

  private void addNumbers(ArrayNode node, List<Statement> members) {
    members.forEach(member -> node.add(number(member)));
  }

  private static void addNames(ArrayNode node, List<Region> regions) {
    regions.forEach(region -> node.add(region.name()));
  }

  private static ObjectNode edge(Edge edge) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("region", edge.region().name());
    node.put("side", Words.side(edge.side()));
    return node;
  }

  private static ArrayNode set(GfnSet set) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    set.ranges().forEach(range -> node.add(range(range)));
    return node;
  }

  private static ArrayNode range(GfnRange range) {
    return JsonNodeFactory.instance.arrayNode().add(hex(range.start())).add(hex(range.end()));
  }

  /** Frames may be negative where a step says how little is left. */
  private static String hex(long frames) {
    return (frames < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(frames));
  }
}
