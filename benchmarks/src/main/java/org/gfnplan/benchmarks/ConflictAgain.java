package org.gfnplan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;

/** Looks at a conflict again with an engine that had no part in it. */
final class ConflictAgain {
  /** The engine gave up, which says nothing. */
  static final String UNKNOWN = "the engine gave up";

  private ConflictAgain() {}

  /** What is wrong with a conflict: it has a layout, or a part of it has none; null when fine. */
  static @Nullable String complaint(
      Problem problem, Conflict conflict, Backend engine, Budget budget) {
    List<Statement> members = conflict.statements();
    Outcome whole = engine.solve(problem.keeping(members), Goal.ANY, budget);
    if (whole instanceof Outcome.Found) {
      return "there is a layout for its statements";
    }
    boolean open = whole instanceof Outcome.GaveUp;
    for (Statement left : members) {
      List<Statement> others = new ArrayList<>(members);
      others.remove(left);
      Outcome outcome = engine.solve(problem.keeping(others), Goal.ANY, budget);
      if (outcome instanceof Outcome.Refuted) {
        return "it needs no `%s`".formatted(left.text());
      }
      open |= outcome instanceof Outcome.GaveUp;
    }
    return open ? UNKNOWN : null;
  }
}
