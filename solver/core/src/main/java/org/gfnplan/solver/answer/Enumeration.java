package org.gfnplan.solver.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All minimal conflicts of a problem and all minimal corrections, as far as they were looked for.
 *
 * @param knots independent bundles of conflicts, in the order of the problem; none when there is a
 *     layout
 * @param allConflicts whether it is proven that there are no other conflicts
 * @param allCorrections whether every correction is listed
 * @param stopped why it is not all, one line; null when it is
 */
public record Enumeration(
    List<Knot> knots, boolean allConflicts, boolean allCorrections, @Nullable String stopped) {
  public Enumeration {
    knots = List.copyOf(knots);
    if ((stopped == null) != (allConflicts && allCorrections)) {
      throw new IllegalArgumentException(
          "a reason must be given iff something is open: stopped=" + stopped);
    }
  }

  /** How many conflicts are listed. */
  public int conflicts() {
    return knots.stream().mapToInt(knot -> knot.conflicts().size()).sum();
  }

  /** How many corrections are listed, over all knots. */
  public int corrections() {
    return knots.stream().mapToInt(knot -> knot.corrections().size()).sum();
  }
}
