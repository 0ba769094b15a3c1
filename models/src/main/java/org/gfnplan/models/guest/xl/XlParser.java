package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.xl.XlToken.Kind;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the assignments of an xl.cfg file, by libxlu's grammar: {@code NAME = value} or {@code NAME
 * += value}, ended by a line break or {@code ;}, where a value is a string, a number or a list.
 */
final class XlParser {
  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 100_000;
  private static final int MOST_PROBLEMS = 100;

  /**
   * One assignment.
   *
   * @param name the left-hand side
   * @param value the right-hand side
   * @param adds whether the sign was {@code +=}
   */
  record Assignment(String name, XlValue value, boolean adds) {}

  private final SourceText source;
  private final List<InputProblem> problems;
  private final int problemsBefore;
  private final XlLexer lexer;
  private XlToken token;
  private XlToken following;
  private boolean lineStart = true;
  private int values;

  XlParser(SourceText source, List<InputProblem> problems) {
    this.source = source;
    this.problems = problems;
    this.problemsBefore = problems.size();
    this.lexer = new XlLexer(source, problems);
    this.token = lexer.next();
    this.following = lexer.next();
  }

  List<Assignment> assignments() {
    List<Assignment> result = new ArrayList<>();
    while (token.kind() != Kind.END && !tooMuch()) {
      if (token.kind() == Kind.NEWLINE || token.is(";")) {
        advance();
        continue;
      }
      Assignment assignment = assignment();
      if (assignment == null) {
        skipToAssignment();
      } else {
        result.add(assignment);
      }
    }
    return result;
  }

  private boolean tooMuch() {
    boolean tooMuch = values > MOST_VALUES || problems.size() - problemsBefore > MOST_PROBLEMS;
    if (tooMuch) {
      problems.add(
          new InputProblem(
              source.origin(token.line()),
              values > MOST_VALUES
                  ? "more than " + MOST_VALUES + " values, the rest is not read"
                  : "too many problems, the rest is not read"));
    }
    return tooMuch;
  }

  private @Nullable Assignment assignment() {
    if (token.kind() != Kind.NAME) {
      unexpected("the name of a setting");
      return null;
    }
    String name = token.text();
    advance();
    boolean adds = token.is("+=");
    if (!adds && !token.is("=")) {
      unexpected("`=` after `" + name + "`");
      return null;
    }
    advance();
    XlValue value = value(0);
    if (value == null) {
      return null;
    }
    if (token.kind() != Kind.NEWLINE && token.kind() != Kind.END && !token.is(";")) {
      unexpected("the end of the line after the value of `" + name + "`");
      return null;
    }
    return new Assignment(name, value, adds);
  }

  private @Nullable XlValue value(int depth) {
    values++;
    if (token.isAtom()) {
      XlValue atom = new XlValue.Atom(token.text(), token.line());
      advance();
      return atom;
    }
    if (!token.is("[")) {
      unexpected("a string, a number or a list");
      return null;
    }
    if (depth == DEEPEST) {
      unexpected("at most " + DEEPEST + " lists in one another");
      return null;
    }
    int line = token.line();
    advance();
    List<XlValue> items = new ArrayList<>();
    skipLineBreaks();
    while (!token.is("]")) {
      XlValue item = values > MOST_VALUES ? null : value(depth + 1);
      if (item == null) {
        return null;
      }
      items.add(item);
      skipLineBreaks();
      if (token.is(",")) {
        advance();
        skipLineBreaks();
      } else if (!token.is("]")) {
        unexpected("`,` or `]` in the list that starts in line " + line);
        return null;
      }
    }
    advance();
    return new XlValue.Items(items, line);
  }

  private void skipLineBreaks() {
    while (token.kind() == Kind.NEWLINE) {
      advance();
    }
  }

  /*
   * libxlu goes on after the next line break, and then complains about every further line of a
   * broken list. The next line that starts with an assignment is a better place.
   */
  private void skipToAssignment() {
    while (token.kind() != Kind.END) {
      boolean assigns = following.is("=") || following.is("+=");
      if (lineStart && token.kind() == Kind.NAME && assigns) {
        return;
      }
      advance();
    }
  }

  private void advance() {
    lineStart = token.kind() == Kind.NEWLINE || token.is(";");
    token = following;
    following = lexer.next();
  }

  private void unexpected(String wanted) {
    if (token.kind() != Kind.BROKEN) {
      problems.add(
          new InputProblem(
              source.origin(token.line()), "expected " + wanted + ", found " + token.shown()));
    }
  }
}
