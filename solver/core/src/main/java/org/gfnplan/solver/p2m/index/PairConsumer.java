package org.gfnplan.solver.p2m.index;

/** Takes two ranges of two indexes, each by its position. */
@FunctionalInterface
public interface PairConsumer {
  /** Takes the position of a range in one index and of a range that overlaps it in the other. */
  void accept(int mine, int other);
}
