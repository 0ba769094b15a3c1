package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.bounds.ClosedForms;
import org.jspecify.annotations.Nullable;

/**
 * Several engines as one backend, {@code auto}: what follows from the rules without a search, then
 * the first engine with the whole budget, then the others in turn with growing parts of it, until
 * the answer stands.
 *
 * <p>A layout that is proven to meet the goal stands, and so does a "no" with a certificate. A "no"
 * without one stands when two engines say it; a single engine that is not confirmed makes the
 * portfolio give up. A layout that is not proven is kept while the others try to better it; equal
 * ones stay with who was asked first. Further engines are made when they are first asked, once.
 */
public final class Portfolio implements Backend {
  /** The name of every portfolio. */
  public static final String NAME = "auto";

  /** Who decided when no engine had to be asked. */
  public static final String BOUNDS = "bounds";

  /** The parts of the steps that the further engines get, turn by turn, as divisors. */
  private static final long[] SHARES = {64, 8, 1};

  private final Backend first;
  private final List<Once> further;

  /** A portfolio that asks {@code first}, then the engines that {@code further} makes, in order. */
  public Portfolio(Backend first, List<? extends Supplier<? extends Backend>> further) {
    this.first = first;
    List<Once> made = new ArrayList<>();
    for (Supplier<? extends Backend> maker : further) {
      made.add(new Once(maker));
    }
    this.further = List.copyOf(made);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    return decide(problem, goal, budget).outcome();
  }

  /**
   * Decides a problem and says which engines did.
   *
   * @throws EnginesDisagree when one engine has a layout that another says cannot be
   */
  public Decision decide(Problem problem, Goal goal, Budget budget) {
    Decision trivial = refuted(ClosedForms.quick(problem));
    if (trivial != null) {
      return trivial;
    }
    Tally tally = new Tally(goal);
    Deadline deadline = Deadline.of(budget);
    ask(first, problem, goal, budget, tally);
    if (!tally.hasLayout() && !tally.isDecided()) {
      Decision counted = refuted(ClosedForms.of(problem));
      if (counted != null) {
        return counted;
      }
    }
    for (long share : SHARES) {
      for (Once maker : further) {
        Budget part = deadline.left(share);
        if (tally.isDecided()) {
          return tally.decision();
        }
        if (part == null) {
          tally.hear(NAME, new Outcome.GaveUp("no time is left"));
          return tally.decision();
        }
        ask(maker.get(), problem, goal, part, tally);
      }
    }
    return tally.decision();
  }

  private static @Nullable Decision refuted(ClosedForms forms) {
    Step contradiction = forms.contradiction();
    return contradiction == null
        ? null
        : new Decision(new Outcome.Refuted(List.of(contradiction)), List.of(BOUNDS));
  }

  private static void ask(Backend engine, Problem problem, Goal goal, Budget budget, Tally tally) {
    if (!tally.isDoneWith(engine.name())) {
      tally.hear(engine.name(), Decision.by(engine, problem, goal, budget).outcome());
    }
  }

  /** Makes an engine the first time it is needed. */
  private static final class Once {
    private final Supplier<? extends Backend> maker;
    private @Nullable Backend made;

    Once(Supplier<? extends Backend> maker) {
      this.maker = maker;
    }

    synchronized Backend get() {
      Backend engine = made;
      if (engine == null) {
        engine = maker.get();
        made = engine;
      }
      return engine;
    }
  }
}
