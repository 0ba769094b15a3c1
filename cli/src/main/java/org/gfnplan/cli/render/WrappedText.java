package org.gfnplan.cli.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of text for a terminal of 80 columns. */
final class WrappedText {
  private static final int COLUMNS = 80;
  private static final Pattern INDENT =
      Pattern.compile(
          "(?: *\\d+\\. )|(?:(?:help|note|warning|error|today|layout|undecided|settings): )|(?: *)");

  /** A size stays with its number. */
  private static final Pattern UNIT = Pattern.compile("[KMGT]iB\\b|bytes?\\b");

  private final StringBuilder out = new StringBuilder();

  /** Adds a line; what does not fit goes on under the first word after its number or label. */
  void line(String text) {
    Matcher indent = INDENT.matcher(text);
    line(text, indent.lookingAt() ? indent.end() : 0);
  }

  /** Adds a line; what does not fit goes on behind so many blanks. */
  void line(String text, int blanks) {
    String rest = PlanText.clean(text);
    String under = " ".repeat(blanks);
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      if (UNIT.matcher(rest).region(space + 1, rest.length()).lookingAt()) {
        space = rest.lastIndexOf(' ', space - 1);
      }
      if (space <= under.length()) {
        space = rest.indexOf(' ', COLUMNS);
      }
      if (space < 0) {
        break;
      }
      out.append(rest, 0, space).append('\n');
      rest = under + rest.substring(space + 1);
    }
    out.append(rest).append('\n');
  }

  /** Adds a line as it is, for a table or a diff. */
  void asIs(String text) {
    out.append(PlanText.clean(text)).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
