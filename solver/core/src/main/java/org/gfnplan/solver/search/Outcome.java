package org.gfnplan.solver.search;

import java.util.List;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;

/** What one backend found out. */
public sealed interface Outcome {
  /**
   * A layout.
   *
   * @param layout a layout that respects every required statement
   * @param costs the weight given up, then one number for each preference of the problem
   * @param proven whether the goal is proven to be met; else the budget ended the improvement
   */
  record Found(Layout layout, List<Long> costs, boolean proven) implements Outcome {
    public Found {
      costs = List.copyOf(costs);
    }
  }

  /**
   * There is no layout.
   *
   * @param certificate deductions that show it without a search; empty when there are none
   */
  record Refuted(List<Step> certificate) implements Outcome {
    public Refuted {
      certificate = List.copyOf(certificate);
    }
  }

  /**
   * Not known: the budget ran out, or this backend cannot represent the problem.
   *
   * @param reason what happened, one line
   */
  record GaveUp(String reason) implements Outcome {}
}
