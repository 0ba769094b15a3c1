package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.search.strategy.assignments.DecisionOperator;
import org.chocosolver.solver.search.strategy.assignments.DecisionOperatorFactory;
import org.chocosolver.solver.search.strategy.decision.Decision;
import org.chocosolver.solver.search.strategy.strategy.AbstractStrategy;
import org.chocosolver.solver.variables.IntVar;
import org.jspecify.annotations.Nullable;

/** Decides numbers from below, low values first. */
final class LowestFirst extends AbstractStrategy<IntVar> {
  /*
   * First the lowest value is tried. When that was refuted, cutting off one value after the other
   * would take a node for each of up to 2^30 frames, so the next decision on the same variable
   * halves its range. Both try low values before high ones: without restarts, and with variables
   * taken in order, the first solution is the lexicographically least.
   *
   * Every decision is a bound. Choco leaves out the middle of a large domain silently, so "not
   * equal" would be forgotten there.
   */
  private final boolean inOrder;

  /** Takes the variables in their order, or else the one with the lowest value next. */
  LowestFirst(List<IntVar> variables, boolean inOrder) {
    super(variables.toArray(new IntVar[0]));
    this.inOrder = inOrder;
  }

  @Override
  public @Nullable Decision<IntVar> getDecision() {
    IntVar next = null;
    for (IntVar variable : vars) {
      if (!variable.isInstantiated()
          && (next == null || (!inOrder && variable.getLB() < next.getLB()))) {
        next = variable;
        if (inOrder) {
          break;
        }
      }
    }
    if (next == null) {
      return null;
    }
    int low = next.getLB();
    int at = wasRefuted(next) ? low + (next.getUB() - low) / 2 : low;
    DecisionOperator<IntVar> atMost = DecisionOperatorFactory.makeIntSplit();
    return decisionPath.makeIntDecision(next, atMost, at);
  }

  private boolean wasRefuted(IntVar variable) {
    if (decisionPath.size() == 0) {
      return false;
    }
    Decision<?> last = decisionPath.getLastDecision();
    return last.getDecisionVariable() == variable && !last.hasNext();
  }
}
