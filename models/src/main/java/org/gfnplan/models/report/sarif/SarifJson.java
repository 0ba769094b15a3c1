package org.gfnplan.models.report.sarif;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as a log of SARIF 2.1.0, the OASIS standard. Nothing in it depends on time or machine.
 *
 * <p>The fingerprint {@value #FINGERPRINT} of a finding is made of its id, its document and its
 * message; that of a conflict of the guest's document, the platform, and the ids and words of its
 * statements. Neither has a line number in it. Equal ones are numbered in order.
 */
public final class SarifJson {
  /** The key of the fingerprints. */
  public static final String FINGERPRINT = "gfnplanStatements/v1";

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final Pattern SEMANTIC =
      Pattern.compile("\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?");
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final SarifRun run;
  private final SarifPlaces places;
  private final SarifRules rules;
  private final Map<String, Integer> seen = new HashMap<>();

  private SarifJson(SarifRun run) {
    this.run = run;
    this.places = new SarifPlaces(run.inputs());
    Set<String> ids = new TreeSet<>();
    for (SarifResult result : run.results()) {
      ids.add(result.ruleId());
      result.related().forEach(statement -> ids.add(statement.id()));
    }
    this.rules = new SarifRules(ids);
  }

  /** The log over many lines, without a newline at the end. */
  public static String pretty(SarifRun run) {
    return PRETTY.writeValueAsString(new SarifJson(run).log());
  }

  /*
   * Braces mark placeholders (SARIF 3.11.5) and are doubled. A bracket before a parenthesis makes a
   * link (3.11.6); viewers know no escape for it, so the two are parted.
   */
  static String message(String words) {
    return words.replace("{", "{{").replace("}", "}}").replace("](", "] (");
  }

  private ObjectNode log() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", SCHEMA);
    root.put("version", "2.1.0");
    ObjectNode node = root.putArray("runs").addObject();
    ObjectNode driver = node.putObject("tool").putObject("driver");
    driver.put("name", "gfnplan");
    driver.put("version", run.version());
    if (SEMANTIC.matcher(run.version()).matches()) {
      driver.put("semanticVersion", run.version());
    }
    driver.set("rules", rules.nodes());
    addNotices(node, driver);
    node.put("columnKind", "utf16CodeUnits");
    ArrayNode results = node.putArray("results");
    run.results().forEach(result -> results.add(result(result)));
    return root;
  }

  private void addNotices(ObjectNode node, ObjectNode driver) {
    ObjectNode invocation = node.putArray("invocations").addObject();
    invocation.put(
        "executionSuccessful",
        run.notices().stream().noneMatch(notice -> notice.level() == Severity.ERROR));
    invocation.put("exitCode", run.exitCode());
    if (run.notices().isEmpty()) {
      return;
    }
    ArrayNode kinds = driver.putArray("notifications");
    for (SarifRun.Kind kind : SarifRun.Kind.values()) {
      if (run.notices().stream().anyMatch(notice -> notice.kind() == kind)) {
        ObjectNode descriptor = kinds.addObject();
        descriptor.put("id", kind.id);
        descriptor.set("shortDescription", text(kind.says));
      }
    }
    ArrayNode notices = invocation.putArray("toolExecutionNotifications");
    for (SarifRun.Notice notice : run.notices()) {
      ObjectNode item = notices.addObject();
      item.putObject("descriptor").put("id", notice.kind().id);
      item.put("level", notice.level().word());
      item.set("message", text(notice.message()));
      if (notice.origin() != null) {
        item.putArray("locations").add(places.location(notice.origin(), null));
      }
    }
  }

  private ObjectNode result(SarifResult result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ruleId", result.ruleId());
    int index = rules.index(result.ruleId());
    if (index >= 0) {
      node.put("ruleIndex", index);
    }
    node.put("level", result.level().word());
    node.set("message", text(result.message()));
    node.putArray("locations").add(places.location(result.origin(), result.document()));
    if (!result.related().isEmpty()) {
      ArrayNode related = node.putArray("relatedLocations");
      for (int i = 0; i < result.related().size(); i++) {
        related.add(related(i + 1, result.related().get(i)));
      }
    }
    node.putObject("partialFingerprints").put(FINGERPRINT, fingerprint(result.identity()));
    addFixes(node, result.repairs());
    if (!result.repairs().isEmpty()) {
      ArrayNode repairs = node.putObject("properties").putArray("repairs");
      result.repairs().forEach(repair -> repairs.add(repair(repair)));
    }
    return node;
  }

  private ObjectNode related(int number, Statement statement) {
    Origin origin = statement.origin();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", number);
    node.setAll(places.location(origin, null));
    node.set("message", text("%s: %s".formatted(statement.id(), statement.text())));
    return node;
  }

  private static void addFixes(ObjectNode node, List<SarifRepair> repairs) {
    ArrayNode fixes = JsonNodeFactory.instance.arrayNode();
    for (SarifRepair repair : repairs) {
      boolean exact =
          !repair.edits().isEmpty()
              && repair.edits().stream().allMatch(edit -> SarifPlaces.isFile(edit.document()));
      if (exact) {
        fixes.add(fix(repair));
      }
    }
    if (!fixes.isEmpty()) {
      node.set("fixes", fixes);
    }
  }

  private static ObjectNode fix(SarifRepair repair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    List<String> words = new ArrayList<>(List.of(repair.title()));
    repair.givesUp().forEach(lost -> words.add("gives up: " + lost));
    node.set("description", text(String.join("; ", words)));
    ArrayNode changes = node.putArray("artifactChanges");
    List<String> documents = repair.edits().stream().map(LineEdit::document).distinct().toList();
    for (String document : documents) {
      ObjectNode change = changes.addObject();
      change.set("artifactLocation", SarifPlaces.artifact(document));
      ArrayNode replacements = change.putArray("replacements");
      for (LineEdit edit : repair.edits()) {
        if (edit.document().equals(document)) {
          ObjectNode replacement = replacements.addObject();
          replacement.putObject("deletedRegion").put("startLine", edit.line());
          if (!edit.text().isEmpty()) {
            replacement.putObject("insertedContent").put("text", edit.text());
          }
        }
      }
    }
    return node;
  }

  private static ObjectNode repair(SarifRepair repair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", repair.title());
    node.put("cost", repair.cost());
    ArrayNode lost = node.putArray("gives_up");
    repair.givesUp().forEach(lost::add);
    return node;
  }

  private String fingerprint(List<String> identity) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    for (String part : identity) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    return hash + ":" + seen.merge(hash, 1, Integer::sum);
  }

  private static ObjectNode text(String words) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("text", message(words));
    return node;
  }
}
