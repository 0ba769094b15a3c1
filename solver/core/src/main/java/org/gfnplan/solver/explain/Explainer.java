package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.SecondOpinion;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Deadline;
import org.gfnplan.solver.search.Decision;
import org.gfnplan.solver.search.EnginesDisagree;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/** Turns a problem that has no layout into a minimal conflict with its steps and witnesses. */
final class Explainer {
  private final Problem problem;
  private final Backend primary;
  private final Backend confirming;
  private final Deadline deadline;

  Explainer(Problem problem, Backend primary, Backend confirming, Deadline deadline) {
    this.problem = problem;
    this.primary = primary;
    this.confirming = confirming;
    this.deadline = deadline;
  }

  /**
   * A minimal conflict of the problem, which the primary engine must have refuted.
   *
   * @throws NotDecided when an engine gave up on a question that the explanation needs answered
   */
  Conflict conflict() throws NotDecided {
    List<Statement> required =
        problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
    QuickXplain search = new QuickXplain(problem, part -> ask(primary, part).outcome());
    List<Statement> members = search.minimal(required);
    return new Conflict(members, steps(members), witnesses(members));
  }

  private List<Step> steps(List<Statement> members) throws NotDecided {
    Problem core = problem.keeping(members);
    Set<String> engines = new LinkedHashSet<>(refuters(primary, core));
    engines.addAll(refuters(confirming, core));
    if (engines.size() < 2) {
      throw new NotDecided("only %s was asked".formatted(engines));
    }
    return List.of(new Step.Searched(members, List.copyOf(engines)));
  }

  private List<String> refuters(Backend engine, Problem core) throws NotDecided {
    Decision decision = ask(engine, core);
    if (decision.outcome() instanceof Outcome.GaveUp gaveUp) {
      throw new NotDecided(gaveUp.reason());
    }
    if (decision.outcome() instanceof Outcome.Found) {
      throw new EnginesDisagree(
          primary.name(),
          String.join("+", decision.engines()),
          "the first has no layout for the members of a conflict, the second has one");
    }
    return decision.engines();
  }

  private Map<Statement, Layout> witnesses(List<Statement> members) throws NotDecided {
    Map<Statement, Layout> witnesses = new LinkedHashMap<>();
    for (Statement member : members) {
      List<Statement> others = new ArrayList<>(members);
      others.remove(member);
      Decision decision = ask(primary, problem.keeping(others));
      if (decision.outcome() instanceof Outcome.GaveUp gaveUp) {
        throw new NotDecided(gaveUp.reason());
      }
      if (decision.outcome() instanceof Outcome.Found found) {
        witnesses.put(member, found.layout());
      }
    }
    return witnesses;
  }

  /** What the confirming engine says about a problem. */
  SecondOpinion.Verdict secondOpinion(Problem part) {
    Outcome outcome = ask(confirming, part).outcome();
    if (outcome instanceof Outcome.Found) {
      return SecondOpinion.Verdict.POSSIBLE;
    }
    return outcome instanceof Outcome.Refuted
        ? SecondOpinion.Verdict.IMPOSSIBLE
        : SecondOpinion.Verdict.UNKNOWN;
  }

  private Decision ask(Backend engine, Problem part) {
    Budget left = deadline.left(1);
    return left == null
        ? new Decision(new Outcome.GaveUp("no time is left"), List.of(engine.name()))
        : Decision.by(engine, part, Goal.ANY, left);
  }
}
