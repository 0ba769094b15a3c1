package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.cli.render.markup.Markup;

/** Text that has to fit into a width which no font has been asked about. */
final class Label {
  /** The most characters of a label. */
  static final int MOST = 36;

  /** The width of a character of a label, in units of the picture; wide fonts need no more. */
  private static final double WIDTH = 6.7;

  private Label() {}

  /** The text, or its start and an ellipsis. */
  static String fit(String text, int most) {
    String shown = Markup.clean(text);
    int length = shown.codePointCount(0, shown.length());
    if (length <= most) {
      return shown;
    }
    return shown.substring(0, shown.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** The text in lines of at most {@link #MOST} characters, cut between words where there are. */
  static List<String> wrap(String text, int most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Markup.clean(text).split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > most) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(fit(word, most));
    }
    lines.add(line.toString());
    return lines;
  }

  /** How wide a text may become. */
  static int width(String text) {
    return (int) Math.ceil(text.codePointCount(0, text.length()) * WIDTH);
  }
}
