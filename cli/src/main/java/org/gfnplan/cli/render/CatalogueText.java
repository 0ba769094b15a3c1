package org.gfnplan.cli.render;

import java.util.List;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.models.catalogue.RuleEntry;

/** Entries of the catalogue as text of at most 80 columns. */
public final class CatalogueText {
  private static final int UNDER = 8;

  private CatalogueText() {}

  /** The text, with a newline at the end. */
  public static String of(List<RuleEntry> rules, List<FindingEntry> findings) {
    WrappedText out = new WrappedText();
    for (RuleEntry rule : rules) {
      out.line(String.join(", ", rule.ids()) + "  " + rule.says(), UNDER);
      detail("comes from", rule.source(), out);
      detail("today", rule.enforced(), out);
      detail("change", rule.change(), out);
    }
    for (FindingEntry finding : findings) {
      out.line(
          "%s (%s)  %s".formatted(finding.id(), finding.severity().word(), finding.says()), UNDER);
      detail("comes from", finding.source(), out);
    }
    return out.toString();
  }

  private static void detail(String name, String text, WrappedText out) {
    if (!text.equals("-") && !text.equals("none")) {
      out.line("    %s: %s".formatted(name, text), UNDER);
    }
  }
}
