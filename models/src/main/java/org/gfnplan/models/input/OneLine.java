package org.gfnplan.models.input;

/** Keeps a message on one line, whatever words of the input are quoted in it. */
final class OneLine {
  private static final int MOST_CHARACTERS = 400;

  private OneLine() {}

  /** The message, cut when it is long, its control characters replaced by {@code ?}. */
  static String of(String message) {
    boolean isLong = message.length() > MOST_CHARACTERS;
    String head = isLong ? message.substring(0, MOST_CHARACTERS - 3) + "..." : message;
    return head.replaceAll("\\p{Cntrl}|[\u2028\u2029]", "?");
  }
}
