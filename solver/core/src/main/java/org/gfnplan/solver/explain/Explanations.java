package org.gfnplan.solver.explain;

import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.check.CheckerRefused;
import org.gfnplan.solver.check.ConflictChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Deadline;
import org.gfnplan.solver.search.Decision;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;

/** Checked answers to the questions that make up an explanation, until the time is over. */
final class Explanations {
  private final Backend primary;
  private final Backend confirming;
  private final Deadline deadline;

  Explanations(Backend primary, Backend confirming, Deadline deadline) {
    this.primary = primary;
    this.confirming = confirming;
    this.deadline = deadline;
  }

  /** Whether no time is left. */
  boolean isOver() {
    return deadline.left(1) == null;
  }

  /**
   * Any layout, or null when there is none.
   *
   * @throws NotDecided when nobody knows
   */
  @Nullable Layout layout(Problem problem) throws NotDecided {
    Budget left = deadline.left(1);
    if (left == null) {
      throw new NotDecided("no time is left");
    }
    if (Deductions.isRefuted(problem)) {
      return null;
    }
    Outcome outcome = Decision.by(primary, problem, Goal.ANY, left).outcome();
    if (outcome instanceof Outcome.GaveUp gaveUp) {
      throw new NotDecided(gaveUp.reason());
    }
    return outcome instanceof Outcome.Found found ? found.layout() : null;
  }

  /**
   * A minimal conflict of a problem without a layout.
   *
   * @throws NotDecided when an engine gave up on a question that the explanation needs answered
   * @throws CheckerRefused when it is none
   */
  Conflict conflict(Problem problem) throws NotDecided {
    Explainer explainer = new Explainer(problem, primary, confirming, deadline);
    Conflict conflict = explainer.conflict();
    List<String> complaints =
        ConflictChecker.complaints(problem, conflict, explainer::secondOpinion);
    if (!complaints.isEmpty()) {
      throw new CheckerRefused(primary.name(), complaints);
    }
    return conflict;
  }
}
