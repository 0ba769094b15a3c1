package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.search.bounds.ClosedForms;
import org.gfnplan.solver.search.exact.Line.OutOfShape;

/** Decides a problem part by part, each by the first of our methods that can. */
public final class ExactSearch {
  private static final int LARGE = 12;
  private static final int SHARE_OF_A_LARGE_PART = 16;

  private final Problem problem;
  private final Model model;
  private final Goal goal;
  private final Meter meter;
  private final Parts parts;
  private final long[] start;
  private final long[] length;
  private boolean proven = true;

  private ExactSearch(Problem problem, Model model, Goal goal, Meter meter) {
    this.problem = problem;
    this.model = model;
    this.goal = goal;
    this.meter = meter;
    parts = new Parts(model);
    start = model.startLo.clone();
    length = model.lengthLo.clone();
  }

  /** Decides a problem; see {@link org.gfnplan.solver.search.ExactEngine}. */
  public static Outcome solve(Problem problem, Goal goal, Budget budget) {
    Model model = new Model(problem, goal);
    if (model.isContradictory()) {
      return new Outcome.Refuted(List.of());
    }
    return new ExactSearch(problem, model, goal, new Meter(budget)).solve();
  }

  private Outcome solve() {
    if (parts.isMisplaced()) {
      return new Outcome.Refuted(List.of());
    }
    List<Part> cut = parts.cut();
    if (parts.broken() instanceof Separate separate) {
      return new Outcome.Refuted(
          new Certificates(model).clash(separate.region, parts.brokenOther()));
    }
    if (parts.broken() != null) {
      return new Outcome.Refuted(List.of());
    }
    List<Improvement> hard = new ArrayList<>();
    for (Part part : cut) {
      Improvement improvement;
      try {
        MovableEdge edge = new MovableEdge(model, part, parts.fixed, start, length, goal, meter);
        Placed placed = place(edge, part);
        if (placed.verdict() == MovableEdge.Verdict.NONE) {
          return new Outcome.Refuted(placed.why());
        }
        if (meets(placed.verdict())) {
          continue;
        }
        improvement = seeded(part, placed);
      } catch (OutOfShape e) {
        improvement = new Improvement(model, onGround(part), meter);
      }
      hard.add(improvement);
    }
    if (hard.stream().anyMatch(improvement -> !improvement.isSeeded())) {
      // A search may take long to see what a count shows at once.
      Step counted = ClosedForms.of(problem).contradiction();
      if (counted != null) {
        return new Outcome.Refuted(List.of(counted));
      }
    }
    boolean stopped = false;
    for (Improvement improvement : hard) {
      Descent.Verdict verdict = improvement.run(goal);
      if (verdict == Descent.Verdict.NONE) {
        return new Outcome.Refuted(List.of());
      }
      stopped |= verdict == Descent.Verdict.STOPPED;
      proven &= improvement.isProven();
      improvement.write(start, length);
    }
    return stopped ? new Outcome.GaveUp(meter.reason()) : found();
  }

  /** What became of a part, how many of its first terms are least, and why there is no layout. */
  private record Placed(MovableEdge.Verdict verdict, int provenTerms, List<Step> why) {}

  private Placed place(MovableEdge edge, Part part) throws OutOfShape {
    try {
      MovableEdge.Verdict verdict = edge.place();
      return new Placed(verdict, edge.provenTerms(), edge.why());
    } catch (OutOfShape severalUnknowns) {
      Peeling peeling = new Peeling(start, length, goal, meter);
      MovableEdge.Verdict verdict = peeling.place(model, part, edge.items(), parts.fixed);
      return new Placed(verdict, peeling.provenTerms(), List.of());
    }
  }

  /** A search that starts from what the closed forms found. */
  private Improvement seeded(Part part, Placed placed) {
    if (placed.verdict() == MovableEdge.Verdict.UNKNOWN) {
      return new Improvement(model, onGround(part), meter);
    }
    // With a layout at hand, a large part is not worth all that is left: it is rarely proven.
    boolean large = part.members().length > LARGE;
    Improvement improvement =
        new Improvement(model, onGround(part), large ? meter.share(SHARE_OF_A_LARGE_PART) : meter);
    improvement.seed(start, length, placed.provenTerms());
    return improvement;
  }

  private Part onGround(Part part) {
    return Ground.under(part, model, parts.fixed);
  }

  private boolean meets(MovableEdge.Verdict verdict) {
    return switch (verdict) {
      case CANONICAL -> true;
      case BEST -> goal != Goal.CANONICAL;
      case PLACED -> goal == Goal.ANY;
      case NONE, UNKNOWN -> false;
    };
  }

  private Outcome found() {
    List<Placement> placements = new ArrayList<>(model.size());
    for (int r = 0; r < model.size(); r++) {
      placements.add(new Placement(model.regions.get(r), start[r], length[r]));
    }
    boolean[] broken = new boolean[model.statements.size()];
    for (Constraint constraint : model.preferred) {
      if (!broken[constraint.statement] && !constraint.holds(start, length)) {
        broken[constraint.statement] = true;
      }
    }
    List<Statement> givenUp = new ArrayList<>();
    long weight = 0;
    for (int i = 0; i < broken.length; i++) {
      if (broken[i]) {
        givenUp.add(model.statements.get(i));
        weight += model.weights[i];
      }
    }
    List<Long> costs = new ArrayList<>(model.costs.size() + 1);
    costs.add(weight);
    for (Term term : model.costs) {
      costs.add(term.value(start, length));
    }
    return new Outcome.Found(new Layout(placements, givenUp), costs, proven);
  }
}
