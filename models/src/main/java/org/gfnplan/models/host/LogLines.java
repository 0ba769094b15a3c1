package org.gfnplan.models.host;

import java.util.Iterator;
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

  /** Gives {@code reader} each line with its number, counted from 1. */
  public static void forEach(String text, ObjIntConsumer<String> reader) {
    Iterator<String> lines = text.lines().iterator();
    for (int number = 1; lines.hasNext(); number++) {
      String line = lines.next();
      String start = line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) : line;
      reader.accept(CONTROL.matcher(COLOUR.matcher(start).replaceAll("")).replaceAll(" "), number);
    }
  }
}
