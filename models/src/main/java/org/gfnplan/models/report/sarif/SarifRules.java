package org.gfnplan.models.report.sarif;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.models.catalogue.RuleEntry;
import org.gfnplan.models.input.Severity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rules and findings that results name, as the catalogue describes them. */
final class SarifRules {
  private final List<String> ids = new ArrayList<>();
  private final ArrayNode nodes = JsonNodeFactory.instance.arrayNode();

  /** The rules with these ids, in the order of the catalogue. */
  SarifRules(Set<String> wanted) {
    for (RuleEntry rule : Catalogue.get().rules()) {
      rule.ids().stream().filter(wanted::contains).forEach(id -> add(id, rule));
    }
    for (FindingEntry finding : Catalogue.get().findings()) {
      if (wanted.contains(finding.id())) {
        add(finding);
      }
    }
  }

  /** The descriptions. */
  ArrayNode nodes() {
    return nodes;
  }

  /** Which of them has that id, or -1. */
  int index(String id) {
    return ids.indexOf(id);
  }

  private void add(String id, RuleEntry rule) {
    String from = "Comes from: " + rule.source();
    String today = "Today: " + rule.enforced();
    add(
        id,
        rule.says(),
        List.of(rule.says(), from, today),
        List.of(today, "What a user can change: " + rule.change()),
        Severity.ERROR);
  }

  private void add(FindingEntry finding) {
    String from = "Comes from: " + finding.source();
    add(
        finding.id(),
        finding.says(),
        List.of(finding.says(), from),
        List.of(finding.says(), from),
        finding.severity());
  }

  private void add(
      String id, String says, List<String> whole, List<String> help, Severity severity) {
    ids.add(id);
    ObjectNode node = nodes.addObject();
    node.put("id", id);
    node.set("shortDescription", text(says));
    node.set("fullDescription", text(String.join(". ", whole)));
    ObjectNode both = text(String.join(". ", help));
    both.put("markdown", markdown(String.join("\n\n", help)));
    node.set("help", both);
    node.putObject("defaultConfiguration").put("level", severity.word());
  }

  private static ObjectNode text(String words) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("text", SarifJson.message(words));
    return node;
  }

  /** Words in which what stands between backticks is code, and nothing else is markup. */
  private static String markdown(String words) {
    StringBuilder out = new StringBuilder();
    boolean isCode = false;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      isCode ^= c == '`';
      if (!isCode && "*_<>[]\\#|".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return SarifJson.message(out.toString());
  }
}
