package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.xl.XlToken.Kind;
import org.gfnplan.models.input.SourceText;

/** The assignments of an xl.cfg file and where they stand in its text. */
public final class XlAssignments {
  /**
   * A string or a number.
   *
   * @param text its characters without quotes
   * @param start the index of its first character, the quote included
   * @param end the index behind its last
   */
  public record Atom(String text, int start, int end) {}

  /**
   * One assignment.
   *
   * @param name the left-hand side
   * @param adds whether the sign was {@code +=}
   * @param start the index of the name
   * @param valueStart the index of the value
   * @param valueEnd the index behind the value
   * @param items the strings of a list; empty for a single value
   */
  public record Assignment(
      String name, boolean adds, int start, int valueStart, int valueEnd, List<Atom> items) {
    public Assignment {
      items = List.copyOf(items);
    }
  }

  private final XlLexer lexer;
  private XlToken token;

  private XlAssignments(SourceText text) {
    this.lexer = new XlLexer(text, new ArrayList<>());
    this.token = lexer.next();
  }

  /** The assignments in the order of the file, which must be one that xl reads. */
  public static List<Assignment> of(SourceText text) {
    return new XlAssignments(text).read();
  }

  private List<Assignment> read() {
    List<Assignment> found = new ArrayList<>();
    while (token.kind() != Kind.END) {
      XlToken name = next();
      if (name.kind() != Kind.NAME) {
        continue;
      }
      boolean adds = next().is("+=");
      int start = token.start();
      List<Atom> items = new ArrayList<>();
      int end = value(items);
      found.add(new Assignment(name.text(), adds, name.start(), start, end, items));
    }
    return found;
  }

  /** Goes behind a value. */
  private int value(List<Atom> items) {
    XlToken first = next();
    int depth = first.is("[") ? 1 : 0;
    int end = first.end();
    while (depth > 0 && token.kind() != Kind.END) {
      XlToken part = next();
      depth += part.is("[") ? 1 : part.is("]") ? -1 : 0;
      end = part.end();
      if (depth == 1 && part.isAtom()) {
        items.add(new Atom(part.text(), part.start(), part.end()));
      }
    }
    return end;
  }

  private XlToken next() {
    XlToken read = token;
    token = lexer.next();
    return read;
  }
}
