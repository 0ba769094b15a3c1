package org.gfnplan.models.guest.xl;

import java.util.List;
import org.gfnplan.models.guest.xl.XlToken.Kind;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;

/**
 * Cuts an xl.cfg file into tokens, as libxlu's lexer does: names and hexadecimal digits are lower
 * case, a string ends on its line, and everything Python had once is an error.
 */
final class XlLexer {
  private static final String PYTHON = "+-.():";

  private final SourceText source;
  private final String text;
  private final List<InputProblem> problems;
  private int at;
  private int tokenStart;
  private int line = 1;
  private int complaintLine;

  XlLexer(SourceText source, List<InputProblem> problems) {
    this.source = source;
    this.text = source.content();
    this.problems = problems;
  }

  XlToken next() {
    skipBlanksAndComment();
    tokenStart = at;
    if (at == text.length()) {
      return token(Kind.END, "");
    }
    int start = at;
    char first = text.charAt(at++);
    if (first == '\n') {
      XlToken newline = token(Kind.NEWLINE, "\n");
      line++;
      return newline;
    }
    if (first >= 'a' && first <= 'z') {
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      return token(Kind.NAME, text.substring(start, at));
    }
    if (first >= '0' && first <= '9') {
      while (at < text.length() && isDigitPart(text.charAt(at))) {
        at++;
      }
      return token(Kind.NUMBER, text.substring(start, at));
    }
    if (",[]=;".indexOf(first) >= 0) {
      return token(Kind.SIGN, text.substring(start, at));
    }
    if (first == '+' && at < text.length() && text.charAt(at) == '=') {
      at++;
      return token(Kind.SIGN, "+=");
    }
    return first == '"' || first == '\'' ? string(first) : broken(start);
  }

  /** Whether a line has a problem already; what follows from it needs no second one. */
  boolean hasComplainedAbout(int someLine) {
    return someLine == complaintLine;
  }

  private void skipBlanksAndComment() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '#') {
      skipToLineEnd();
    }
  }

  private void skipToLineEnd() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private XlToken string(char quote) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == quote) {
        return token(Kind.STRING, value.toString());
      }
      if (c != '\\') {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) != '\n') {
        unescape(text.charAt(at++), value);
      }
    }
    return problem("the string is not closed on its line");
  }

  private void unescape(char c, StringBuilder value) {
    int known = "abfnrtv\"'\\".indexOf(c);
    if (known >= 0) {
      value.append("\u0007\b\f\n\r\t\u000b\"'\\".charAt(known));
    } else if (c == 'x' || (c >= '0' && c <= '7')) {
      // libxlu reads the digits of such an escape and then forgets the character.
      problem("xl loses characters that are written as numbers: `\\" + c + "`");
    } else {
      problem("`\\" + c + "` has no meaning in a string");
    }
  }

  private XlToken broken(int start) {
    while (at < text.length() && " \t\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String found = text.substring(start, Math.min(at, start + 40));
    char first = found.charAt(0);
    if (PYTHON.indexOf(first) >= 0) {
      return problem("`" + found + "` is not understood, xl no longer runs Python");
    }
    if (first >= 'A' && first <= 'F' && start > 0 && isDigitPart(text.charAt(start - 1))) {
      return problem("`" + found + "` is not understood, xl reads only lower-case digits after 0x");
    }
    return problem("`" + found + "` is not understood");
  }

  private XlToken problem(String message) {
    complaintLine = line;
    problems.add(new InputProblem(source.origin(line), message));
    return token(Kind.BROKEN, "");
  }

  private XlToken token(Kind kind, String value) {
    return new XlToken(kind, value, line, tokenStart, at);
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isDigitPart(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == 'x';
  }
}
