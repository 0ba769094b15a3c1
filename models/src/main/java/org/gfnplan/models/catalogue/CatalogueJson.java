package org.gfnplan.models.catalogue;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue as a document of the schema {@code rules-1.schema.json}. */
public final class CatalogueJson {
  private CatalogueJson() {}

  /** The document, indented, with these entries. */
  public static String pretty(List<RuleEntry> rules, List<FindingEntry> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "gfnplan/rules-1");
    ArrayNode rows = root.putArray("rules");
    for (RuleEntry rule : rules) {
      ObjectNode row = rows.addObject();
      ArrayNode ids = row.putArray("ids");
      rule.ids().forEach(ids::add);
      row.put("says", rule.says());
      row.put("source", rule.source());
      row.put("enforced", rule.enforced());
      row.put("change", rule.change());
    }
    ArrayNode kinds = root.putArray("findings");
    for (FindingEntry finding : findings) {
      ObjectNode row = kinds.addObject();
      row.put("id", finding.id());
      row.put("severity", finding.severity().word());
      row.put("says", finding.says());
      row.put("source", finding.source());
    }
    return root.toPrettyString();
  }
}
