package org.gfnplan.solver.explain;

import java.util.List;
import org.gfnplan.solver.answer.Answer;

/**
 * A checked answer, and how it came about.
 *
 * @param answer the answer; a layout or a conflict in it has passed its checker
 * @param engine who decided, such as {@code exact}; several are joined by {@code +}; for an
 *     undecided problem those who were asked
 * @param costs what the layout costs: the weight given up, then one number for each preference;
 *     empty when there is no layout, and the costs of the best one known when undecided
 * @param proven whether the answer is final: a conflict always, a layout when it is the canonical
 *     one; never when undecided
 */
public record Solution(Answer answer, String engine, List<Long> costs, boolean proven) {
  public Solution {
    costs = List.copyOf(costs);
  }
}
