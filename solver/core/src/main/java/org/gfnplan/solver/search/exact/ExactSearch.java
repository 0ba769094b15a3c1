package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.search.exact.Line.OutOfShape;

/** Decides a problem part by part, each by the first of our methods that can. */
public final class ExactSearch {
  private final Model model;
  private final Goal goal;
  private final Meter meter;
  private final Parts parts;
  private final long[] start;
  private final long[] length;
  private boolean proven = true;

  private ExactSearch(Model model, Goal goal, Meter meter) {
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
    return new ExactSearch(model, goal, new Meter(budget)).solve();
  }

  private Outcome solve() {
    if (parts.isMisplaced()) {
      return new Outcome.Refuted(List.of());
    }
    List<Part> cut = parts.cut();
    if (parts.broken() != null) {
      return new Outcome.Refuted(List.of());
    }
    List<Improvement> hard = new ArrayList<>();
    for (Part part : cut) {
      Improvement improvement;
      try {
        MovableEdge edge = new MovableEdge(model, part, parts.fixed, start, length, goal, meter);
        MovableEdge.Verdict verdict = edge.place();
        if (verdict == MovableEdge.Verdict.NONE) {
          return new Outcome.Refuted(List.of());
        }
        if (meets(verdict)) {
          continue;
        }
        improvement = new Improvement(model, part, meter);
        if (verdict != MovableEdge.Verdict.UNKNOWN) {
          improvement.seed(start, length, edge.provenTerms(part));
        }
      } catch (OutOfShape e) {
        improvement = new Improvement(model, part, meter);
      }
      hard.add(improvement);
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
