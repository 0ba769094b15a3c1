package org.gfnplan.solver.problem;

/** Where in a document something stands. */
public sealed interface Position {
  /** The document as a whole, or a fact that stands in no document of the user's. */
  record Whole() implements Position {
    @Override
    public String toString() {
      return "";
    }
  }

  /**
   * A line of a text.
   *
   * @param number the line, counted from 1
   */
  record Line(int number) implements Position {
    @Override
    public String toString() {
      return "line " + number;
    }
  }

  /**
   * A byte of a binary table.
   *
   * @param bytes the distance from the start of the document
   */
  record Offset(long bytes) implements Position {
    @Override
    public String toString() {
      return "offset 0x%x".formatted(bytes);
    }
  }
}
