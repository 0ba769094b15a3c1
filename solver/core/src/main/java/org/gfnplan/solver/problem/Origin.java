package org.gfnplan.solver.problem;

import java.util.Comparator;

/**
 * Where a statement came from: the document, the place in it, and the words that stand there.
 *
 * @param document a file as the user named it, or the source of a built-in fact
 * @param position where in the document
 * @param text the words of the input, trimmed; never empty for a line of text
 */
public record Origin(String document, Position position, String text)
    implements Comparable<Origin> {
  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::document)
          .thenComparingLong(Origin::place)
          .thenComparing(Origin::text);

  /** A fact that stands in no input: {@code source} names the program text it was read from. */
  public static Origin builtIn(String source, String text) {
    return new Origin(source, new Position.Whole(), text);
  }

  /** A line of a text, counted from 1. */
  public static Origin line(String document, int line, String text) {
    return new Origin(document, new Position.Line(line), text.strip());
  }

  /** A byte offset in a binary table. */
  public static Origin offset(String document, long offset, String text) {
    return new Origin(document, new Position.Offset(offset), text);
  }

  private long place() {
    if (position instanceof Position.Line line) {
      return line.number();
    }
    return position instanceof Position.Offset offset ? offset.bytes() : -1;
  }

  /** Orders by document, then place, then text. */
  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  /** {@code guest.cfg:7} for a line, {@code DMAR.dat+0x58} for an offset, else the document. */
  public String shortForm() {
    if (position instanceof Position.Line line) {
      return document + ":" + line.number();
    }
    return position instanceof Position.Offset offset
        ? "%s+0x%x".formatted(document, offset.bytes())
        : document;
  }
}
