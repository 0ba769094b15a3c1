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
import org.gfnplan.solver.check.StepChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Deadline;
import org.gfnplan.solver.search.Decision;
import org.gfnplan.solver.search.EnginesDisagree;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;

/** Turns a problem that has no layout into a minimal conflict with its steps and witnesses. */
final class Explainer {
  /*
   * Which of several conflicts is found must not depend on the engine, so nothing an engine says
   * but yes and no goes into the choice. Where to start comes from our own short arguments: a set
   * that has one is small and explains itself. Certificates of engines are used for steps only,
   * after the members are known.
   */
  private final Problem problem;
  private final Backend primary;
  private final Backend confirming;
  private final Deadline deadline;
  private @Nullable Problem confirmed;

  Explainer(Problem problem, Backend primary, Backend confirming, Deadline deadline) {
    this.problem = problem;
    this.primary = primary;
    this.confirming = confirming;
    this.deadline = deadline;
  }

  /**
   * A minimal conflict of the problem, which must have no layout.
   *
   * @throws NotDecided when an engine gave up on a question that the explanation needs answered
   */
  Conflict conflict() throws NotDecided {
    List<Statement> seed = Deductions.seed(problem);
    Map<Statement, Layout> witnesses = witnesses(seed);
    if (witnesses.size() == seed.size()) {
      return new Conflict(seed, steps(seed), witnesses);
    }
    List<Statement> members = new QuickXplain<NotDecided>(problem, this::refutes).minimal(seed);
    return new Conflict(members, steps(members), witnesses(members));
  }

  private boolean refutes(Problem part) throws NotDecided {
    return Deductions.isRefuted(part)
        || decided(primary, part).outcome() instanceof Outcome.Refuted;
  }

  /** The steps from the members of a conflict to the contradiction. */
  private List<Step> steps(List<Statement> members) throws NotDecided {
    Problem core = problem.keeping(members);
    List<Step> steps = Deductions.steps(core);
    if (!steps.isEmpty()) {
      return steps;
    }
    Decision decision = refuted(primary, core);
    Step certificate = restedOn(members, ((Outcome.Refuted) decision.outcome()).certificate());
    if (certificate != null && StepChecker.complaint(core, certificate) == null) {
      return List.of(certificate);
    }
    Set<String> engines = new LinkedHashSet<>(decision.engines());
    engines.addAll(refuted(confirming, core).engines());
    if (engines.size() < 2) {
      throw new NotDecided("no engine but %s was asked".formatted(engines));
    }
    confirmed = core;
    return List.of(new Step.Searched(members, List.copyOf(engines)));
  }

  /** The end of an engine's certificate, resting on the members, or null when it is no count. */
  private static @Nullable Step restedOn(List<Statement> members, List<Step> certificate) {
    Step last = certificate.isEmpty() ? null : certificate.get(certificate.size() - 1);
    if (last instanceof Step.Overfull full) {
      return new Step.Overfull(members, full.free(), full.block(), full.needed(), full.fit());
    }
    return last instanceof Step.NoGap gap
        ? new Step.NoGap(members, gap.region(), gap.free(), gap.largest())
        : null;
  }

  /** For each member a layout of the others, up to the first that is not needed. */
  private Map<Statement, Layout> witnesses(List<Statement> members) throws NotDecided {
    Map<Statement, Layout> witnesses = new LinkedHashMap<>();
    for (Statement member : members) {
      List<Statement> others = new ArrayList<>(members);
      others.remove(member);
      Problem part = problem.keeping(others);
      if (Deductions.isRefuted(part)
          || !(decided(primary, part).outcome() instanceof Outcome.Found found)) {
        return witnesses;
      }
      witnesses.put(member, found.layout());
    }
    return witnesses;
  }

  /** What the confirming engine says about a problem; it is not asked twice about the core. */
  SecondOpinion.Verdict secondOpinion(Problem part) {
    if (part.equals(confirmed)) {
      return SecondOpinion.Verdict.IMPOSSIBLE;
    }
    Outcome outcome = ask(confirming, part).outcome();
    if (outcome instanceof Outcome.Found) {
      return SecondOpinion.Verdict.POSSIBLE;
    }
    return outcome instanceof Outcome.Refuted
        ? SecondOpinion.Verdict.IMPOSSIBLE
        : SecondOpinion.Verdict.UNKNOWN;
  }

  private Decision refuted(Backend engine, Problem core) throws NotDecided {
    Decision decision = decided(engine, core);
    if (decision.outcome() instanceof Outcome.Found) {
      throw new EnginesDisagree(
          primary.name(),
          String.join("+", decision.engines()),
          "the first had no layout for the members of a conflict, the second has one");
    }
    return decision;
  }

  private Decision decided(Backend engine, Problem part) throws NotDecided {
    Decision decision = ask(engine, part);
    if (decision.outcome() instanceof Outcome.GaveUp gaveUp) {
      throw new NotDecided(gaveUp.reason());
    }
    return decision;
  }

  private Decision ask(Backend engine, Problem part) {
    Budget left = deadline.left(1);
    return left == null
        ? new Decision(new Outcome.GaveUp("no time is left"), List.of(engine.name()))
        : Decision.by(engine, part, Goal.ANY, left);
  }
}
