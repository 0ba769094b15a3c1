package org.gfnplan.models.guest.xl;

/**
 * A word or sign of an xl.cfg file.
 *
 * @param kind what it is
 * @param text the name, the digits, the characters of a string without its quotes, or the sign
 * @param line counted from 1
 * @param start the index of its first character in the text
 * @param end the index behind its last character
 */
record XlToken(Kind kind, String text, int line, int start, int end) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    /** One of {@code , [ ] = ; +=}. */
    SIGN,
    NEWLINE,
    /** Not part of the language; a problem has been reported. */
    BROKEN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isAtom() {
    return kind == Kind.NUMBER || kind == Kind.STRING;
  }

  /** For messages. */
  String shown() {
    return switch (kind) {
      case NEWLINE -> "the end of the line";
      case END -> "the end of the file";
      case STRING -> "\"" + text + "\"";
      default -> "`" + text + "`";
    };
  }
}
