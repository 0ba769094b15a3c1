package org.gfnplan.models.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.gfnplan.models.input.Severity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every rule and every finding there is.
 *
 * @param rules in the order of their page
 * @param findings in the order of their page
 * @param costs what repairs cost, cheapest first
 */
public record Catalogue(List<RuleEntry> rules, List<FindingEntry> findings, List<CostEntry> costs) {
  public Catalogue {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
    costs = List.copyOf(costs);
  }

  /** The catalogue of this release. */
  public static Catalogue get() {
    return Loaded.CATALOGUE;
  }

  /** The ids of all rules. */
  public Set<String> ruleIds() {
    Set<String> ids = new LinkedHashSet<>();
    rules.forEach(rule -> ids.addAll(rule.ids()));
    return ids;
  }

  /** The rule with that id, or null. */
  public @Nullable RuleEntry rule(String id) {
    return rules.stream().filter(rule -> rule.ids().contains(id)).findFirst().orElse(null);
  }

  /** The finding with that id, or null. */
  public @Nullable FindingEntry finding(String id) {
    return findings.stream().filter(finding -> finding.id().equals(id)).findFirst().orElse(null);
  }

  /** Reads the resource once, when it is first asked for. */
  private static final class Loaded {
    private static final Catalogue CATALOGUE = load();

    private static Catalogue load() {
      String name = "/org/gfnplan/catalogue/catalogue.yaml";
      try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(name))) {
        JsonNode root = new YAMLMapper().readTree(in);
        return new Catalogue(
            root.path("rules").valueStream().map(Loaded::rule).toList(),
            root.path("findings").valueStream().map(Loaded::finding).toList(),
            root.path("costs")
                .valueStream()
                .map(cost -> new CostEntry(text(cost, "change"), text(cost, "cost")))
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static RuleEntry rule(JsonNode node) {
      return new RuleEntry(
          node.path("ids").valueStream().map(JsonNode::asString).toList(),
          text(node, "says"),
          text(node, "source"),
          text(node, "enforced"),
          text(node, "change"));
    }

    private static FindingEntry finding(JsonNode node) {
      return new FindingEntry(
          text(node, "id"),
          Severity.valueOf(text(node, "severity").toUpperCase(Locale.ROOT)),
          text(node, "says"),
          text(node, "source"));
    }

    private static String text(JsonNode node, String key) {
      return node.required(key).stringValue();
    }
  }
}
