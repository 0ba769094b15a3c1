package org.gfnplan.solver.explain;

import java.util.List;
import java.util.Set;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.check.CheckerRefused;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Deadline;
import org.gfnplan.solver.search.Decision;
import org.gfnplan.solver.search.EnginesDisagree;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/**
 * The one door: turns a problem into an answer that a checker has passed. Equal problems get equal
 * answers. Safe for use by many threads at once when its engines are.
 *
 * <p>A layout is the canonical one, or the best one met when the budget ended the search for it. A
 * conflict is minimal, comes with the steps that show it, and is confirmed: by a recount of its
 * steps when they have a short argument, else by the confirming engine. What is not confirmed is
 * undecided.
 */
public final class Solver {
  private final Backend primary;
  private final Backend confirming;

  /**
   * A solver.
   *
   * @param primary looks for layouts, and says when there is none
   * @param confirming confirms conflicts that have no short argument; another engine than {@code
   *     primary}
   */
  public Solver(Backend primary, Backend confirming) {
    this.primary = primary;
    this.confirming = confirming;
  }

  /**
   * The answer to a problem. Each question to an engine has the steps of the budget; its time is
   * for all of them together.
   *
   * @throws CheckerRefused when a checker refuses what an engine or the explanation came to
   * @throws EnginesDisagree when an engine says there is a layout where another says there is none
   */
  public Solution answer(Problem problem, Budget budget) {
    Deadline deadline = Deadline.of(budget);
    Decision decision = Decision.by(primary, problem, Goal.CANONICAL, budget);
    String engine = String.join("+", decision.engines());
    if (decision.outcome() instanceof Outcome.Found found) {
      return new Solution(found.layout(), engine, found.costs(), found.proven());
    }
    if (decision.outcome() instanceof Outcome.GaveUp gaveUp) {
      return undecided(gaveUp.reason(), engine);
    }
    Explanations explanations = new Explanations(primary, confirming, deadline);
    try {
      return new Solution(explanations.conflict(problem), engine, List.of(), true);
    } catch (NotDecided open) {
      return undecided("there is no layout, but why is not known: " + open.reason(), engine);
    }
  }

  /**
   * All minimal conflicts of a problem and all minimal corrections, within limits. Conflicts that
   * differ only in which of several blocks is counted are listed once. Each question to an engine
   * has the steps of the budget; its time is for all of them together.
   *
   * @param given required statements that nobody can leave out: no correction has them, and
   *     conflicts that differ in nothing else are one
   * @throws CheckerRefused when a checker refuses what an engine or the explanation came to
   * @throws EnginesDisagree when an engine says there is a layout where another says there is none
   */
  public Enumeration enumerate(
      Problem problem, Set<Statement> given, Budget budget, Limits limits) {
    Explanations explanations = new Explanations(primary, confirming, Deadline.of(budget));
    return new Enumerator(
            problem.withoutPreferences(), given, explanations, limits, /* bundling= */ true)
        .all();
  }

  private static Solution undecided(String reason, String engine) {
    return new Solution(new Undecided(reason, null), engine, List.of(), false);
  }
}
