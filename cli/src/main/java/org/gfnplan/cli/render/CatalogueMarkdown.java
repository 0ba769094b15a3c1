package org.gfnplan.cli.render;

import java.util.List;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.RuleEntry;

/** The catalogue as the page {@code docs/rules.md}. */
public final class CatalogueMarkdown {
  private CatalogueMarkdown() {}

  /** The page, with a newline at the end. */
  public static String of(Catalogue catalogue) {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # Rules and findings

        `gfnplan rules` prints the same. A conflict names its statements by these ids. "Today" is who sees to it now; "change"
        is what a user can do about a statement, and each way is offered only after it was planned again. RDM is reserved device
        memory: an RMRR of Intel's DMAR table, an IVMD block of AMD's IVRS table.

        """);
    rules(out, catalogue.rules().stream().filter(rule -> !rule.isHostWide()).toList());
    out.append(
        """

        ## Several guests on one host

        The place of a device is the guest that owns it; what shares goes together, in turn.

        """);
    rules(out, catalogue.rules().stream().filter(RuleEntry::isHostWide).toList());
    out.append(
        """

        ## Findings

        What is no conflict, and a user should know.

        | id | severity | says | comes from |
        |---|---|---|---|
        """);
    catalogue
        .findings()
        .forEach(
            finding ->
                out.append(
                    "| %s | %s | %s | %s |\n"
                        .formatted(
                            finding.id(),
                            finding.severity().word(),
                            finding.says(),
                            finding.source())));
    out.append(
        """

        ## Costs of repairs

        Cheapest first, four at most; a repair of several changes costs their sum, and no part of it can be left out.

        | change | cost |
        |---|---|
        """);
    catalogue
        .costs()
        .forEach(cost -> out.append("| %s | %s |\n".formatted(cost.change(), cost.cost())));
    return out.toString();
  }

  private static void rules(StringBuilder out, List<RuleEntry> rules) {
    out.append("| id | says | comes from | today | change |\n|---|---|---|---|---|\n");
    for (RuleEntry rule : rules) {
      out.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  String.join(", ", rule.ids()),
                  rule.says(),
                  rule.source(),
                  rule.enforced(),
                  rule.change()));
    }
  }
}
