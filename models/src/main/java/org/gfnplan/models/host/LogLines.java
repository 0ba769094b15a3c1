package org.gfnplan.models.host;

import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;

/** The lines of a log, one after another, without colours and other control characters. */
public final class LogLines {
  /**
   * Characters of a line after which the rest of it is left out; the longest real ones have 300.
   */
  private static final int MOST_CHARACTERS = 2000;

  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private LogLines() {}

  /** Gives {@code reader} each line with its number, counted from 1; empty lines are left out. */
  public static void forEach(String text, ObjIntConsumer<String> reader) {
    int number = 1;
    for (int start = 0; start < text.length(); number++) {
      int next = text.indexOf('\n', start);
      int end = next < 0 ? text.length() : next;
      int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      if (last > start) {
        reader.accept(
            withoutControl(text.substring(start, Math.min(last, start + MOST_CHARACTERS))), number);
      }
      start = end + 1;
    }
  }

  private static String withoutControl(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        return CONTROL.matcher(COLOUR.matcher(line).replaceAll("")).replaceAll(" ");
      }
    }
    return line;
  }
}
