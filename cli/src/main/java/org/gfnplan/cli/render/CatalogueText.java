package org.gfnplan.cli.render;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.models.catalogue.RuleEntry;

/** Entries of the catalogue as text of at most 80 columns. */
public final class CatalogueText {
  private static final int COLUMNS = 80;

  private CatalogueText() {}

  /** The text, with a newline at the end. */
  public static String of(List<RuleEntry> rules, List<FindingEntry> findings) {
    List<String> lines = new ArrayList<>();
    for (RuleEntry rule : rules) {
      fill(String.join(", ", rule.ids()) + "  ", rule.says(), lines);
      detail("comes from", rule.source(), lines);
      detail("today", rule.enforced(), lines);
      detail("change", rule.change(), lines);
    }
    for (FindingEntry finding : findings) {
      fill("%s (%s)  ".formatted(finding.id(), finding.severity().word()), finding.says(), lines);
      detail("comes from", finding.source(), lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void detail(String name, String text, List<String> lines) {
    if (!text.equals("-") && !text.equals("none")) {
      fill("    %s: ".formatted(name), text, lines);
    }
  }

  private static void fill(String head, String text, List<String> lines) {
    StringBuilder line = new StringBuilder(head);
    boolean isEmpty = true;
    for (String word : text.split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder("        ");
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(line.toString());
  }
}
