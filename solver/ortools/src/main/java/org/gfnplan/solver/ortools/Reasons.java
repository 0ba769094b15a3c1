package org.gfnplan.solver.ortools;

/** Text of the library, made fit for a message. */
final class Reasons {
  /** The library writes out whole models, more than 100 KB of them. */
  private static final int MOST = 160;

  private Reasons() {}

  /** The first characters of a text, on one line. */
  static String shorten(String text) {
    String start = text.length() > 4 * MOST ? text.substring(0, 4 * MOST) : text;
    String line = start.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST - 3) + "...";
  }
}
