package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.NodeRange;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as a JSON document of the schema {@code plan-1.schema.json}. Addresses are byte addresses
 * in hex, half open; nothing in it depends on time or machine.
 */
public final class PlanJson {
  /** The name of the schema in every document. */
  public static final String SCHEMA = "gfnplan/plan-1";

  private static final JsonMapper LINE = JsonMapper.builder().build();
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private PlanJson() {}

  /** The document on one line. */
  public static String line(Plan plan) {
    return LINE.writeValueAsString(document(plan));
  }

  /** The document over many lines, without a newline at the end. */
  public static String pretty(Plan plan) {
    return PRETTY.writeValueAsString(document(plan));
  }

  /** A document on one line that lists why an input cannot be used. */
  public static String unusableLine(List<InputProblem> problems) {
    return LINE.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }

  /** A document over many lines that lists why an input cannot be used. */
  public static String unusablePretty(List<InputProblem> problems) {
    return PRETTY.writeValueAsString(OriginJson.unusable(SCHEMA, problems));
  }

  /** The document as a tree, for documents that hold it. */
  static ObjectNode document(Plan plan) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("verdict", plan.verdict().word());
    root.put("platform", plan.platform());
    root.put("engine", plan.engine());
    root.put("host", plan.scene().host().name());
    root.put("guest", plan.scene().guest().name());
    if (plan.answer() instanceof Layout layout && plan.realised() != null) {
      ObjectNode node = layout(layout, plan.realised());
      addNodes(node, plan);
      PmemJson.add(plan, node);
      root.set("layout", node);
      root.put("proven", plan.proven());
      root.set("settings", settings(plan.realised().settings()));
      addDevices(root, plan, plan.realised().settings());
    }
    root.set("without_settings", today(plan.today()));
    if (plan.answer() instanceof Conflict conflict) {
      root.set("conflict", conflict(conflict, StepWords::sentence));
      ArrayNode repairs = root.putArray("repairs");
      plan.repairs().forEach(repair -> repairs.add(repair(plan, repair)));
      Verdict ideally = plan.ideally();
      if (ideally != null) {
        root.put("ideal", ideally.word());
      }
    }
    if (plan.answer() instanceof Undecided undecided) {
      root.put("reason", undecided.reason());
    }
    ArrayNode findings = root.putArray("findings");
    plan.findings().forEach(finding -> findings.add(finding(finding)));
    ObjectNode stats = root.putObject("stats");
    stats.put("regions", plan.problem().regions().size());
    stats.put("rules", plan.problem().rules().size());
    stats.put("statements", plan.problem().statements().size());
    return root;
  }

  private static ObjectNode layout(Layout layout, Realised realised) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("lowmem_end", Sizes.address(realised.lowmemEnd()));
    node.put("highmem_end", Sizes.address(realised.highmemEnd()));
    ArrayNode regions = node.putArray("regions");
    for (MapEntry entry : realised.map()) {
      ObjectNode item = regions.addObject();
      item.put("name", entry.name());
      item.put("kind", entry.kind());
      item.put("start", Sizes.address(Gfn.toBytes(entry.range().start())));
      item.put("end", Sizes.address(Gfn.toBytes(entry.range().end())));
      item.set("origin", OriginJson.origin(entry.origin()));
    }
    ArrayNode e820 = node.putArray("e820");
    for (E820Entry entry : realised.e820()) {
      e820.addArray()
          .add(Sizes.address(entry.startByte()))
          .add(Sizes.address(entry.endByte()))
          .add(entry.type());
    }
    ArrayNode givenUp = node.putArray("given_up");
    layout.givenUp().forEach(statement -> givenUp.add(statement(statement)));
    return node;
  }

  /** Adds the key {@code vnuma} to a layout whose platform plans the guest's nodes. */
  private static void addNodes(ObjectNode layout, Plan plan) {
    List<VirtualNode> nodes = plan.nodes();
    if (nodes.isEmpty()) {
      return;
    }
    ArrayNode list = layout.putArray("vnuma");
    for (VirtualNode node : nodes) {
      ObjectNode item = list.addObject();
      item.put("node", node.number());
      if (node.physicalNode() != null) {
        item.put("pnode", node.physicalNode());
      }
      ArrayNode ranges = item.putArray("ranges");
      for (NodeRange range : node.ranges()) {
        ObjectNode one = ranges.addObject();
        one.put("start", Sizes.address(range.startByte()));
        one.put("end", Sizes.address(range.endByte()));
      }
    }
  }

  static ObjectNode settings(Settings settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    settings.all().forEach(setting -> put(node, setting));
    return node;
  }

  private static void put(ObjectNode node, Setting setting) {
    String device = setting.of();
    if (device == null) {
      node.putPOJO(setting.key(), setting.value());
    } else {
      node.withObject("/" + setting.key()).putPOJO(device, setting.value());
    }
  }

  /** The devices that the guest is made with and those that may come later. */
  private static void addDevices(ObjectNode root, Plan plan, Settings settings) {
    Guest guest = plan.scene().guest();
    ArrayNode devices = root.putArray("devices");
    guest.devices().forEach(device -> devices.add(device(guest, device, settings)));
    ArrayNode pool = root.putArray("pool");
    guest.pci().pool().forEach(device -> pool.add(device(guest, device, settings)));
    Stated<Boolean> stated = guest.pci().passthrough();
    if (stated != null) {
      root.put("passthrough", stated.value());
    } else if (settings.get("passthrough") != null) {
      root.put("passthrough", true);
    }
  }

  private static ObjectNode device(Guest guest, PciAssignment device, Settings settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("device", device.spelling());
    Object set = settings.get("rdm_policy", device.spelling());
    node.put(
        "rdm_policy", set instanceof String word ? word : RdmClaim.policy(guest, device).word());
    return node;
  }

  private static ObjectNode today(Today today) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("works", today.works());
    node.put("summary", today.summary());
    ArrayNode messages = node.putArray("messages");
    today.messages().forEach(messages::add);
    node.put("lowmem_end", Sizes.address(today.lowmemEnd()));
    node.put("highmem_end", Sizes.address(today.highmemEnd()));
    ArrayNode masked = node.putArray("masked");
    today.masked().forEach(start -> masked.add(Sizes.address(start)));
    node.put("qemu_lowmem_end", Sizes.address(today.qemuLowEnd()));
    node.put("qemu_highmem_end", Sizes.address(today.qemuHighEnd()));
    node.put("qemu_agrees", today.agree());
    return node;
  }

  static ObjectNode conflict(Conflict conflict, Function<Step, String> words) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode rules = node.putArray("rules");
    conflict.statements().forEach(statement -> rules.add(statement(statement)));
    ArrayNode steps = node.putArray("steps");
    for (Step step : conflict.steps()) {
      ObjectNode item = steps.addObject();
      item.put("kind", StepWords.kind(step));
      item.put("statement", words.apply(step));
      ArrayNode because = item.putArray("because");
      step.because().forEach(member -> because.add(conflict.statements().indexOf(member) + 1));
    }
    return node;
  }

  private static ObjectNode repair(Plan plan, Repair repair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", RepairWords.title(plan, repair));
    node.set("change", change(plan, repair));
    node.put("cost", repair.cost());
    node.put("verdict", Verdict.LAYOUT.word());
    node.put("lowmem_end", Sizes.address(repair.realised().lowmemEnd()));
    node.put("highmem_end", Sizes.address(repair.realised().highmemEnd()));
    node.set("settings", settings(repair.realised().settings()));
    List<String> givesUp = new ArrayList<>();
    for (Change change : repair.changes()) {
      String lost = change.givesUp();
      if (lost != null) {
        givesUp.add(lost);
      }
    }
    ArrayNode list = node.putArray("gives_up");
    givesUp.forEach(list::add);
    if (repair.diff() != null) {
      node.put("diff", repair.diff());
    }
    return node;
  }

  static ObjectNode change(Plan plan, Repair repair) {
    GuestDiff diff = plan.difference(repair);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    diff.values().forEach(setting -> put(node, setting));
    if (!diff.assigned().isEmpty()) {
      ArrayNode assigned = node.putArray("assign");
      diff.assigned().forEach(assigned::add);
    }
    if (!diff.dropped().isEmpty()) {
      ArrayNode dropped = node.putArray("drop");
      diff.dropped().forEach(dropped::add);
    }
    return node;
  }

  static ObjectNode finding(Finding finding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("severity", finding.severity().word());
    node.put("id", finding.id());
    node.put("message", finding.message());
    node.set("origin", OriginJson.origin(finding.origin()));
    return node;
  }

  static ObjectNode statement(Statement statement) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", statement.id());
    node.put("statement", statement.text());
    node.set("origin", OriginJson.origin(statement.origin()));
    return node;
  }
}
