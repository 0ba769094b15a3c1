package org.gfnplan.solver.p2m.index;

/** Takes a range of an index: its position, and its frames {@code [start, end)}. */
@FunctionalInterface
public interface RangeConsumer {
  /** Takes one range; to look its frames up would cost more than to be given them. */
  void accept(int position, long start, long end);
}
