package org.gfnplan.solver.ortools;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.SatParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Meaning;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;

/** One run of CP-SAT on one problem: a chain of solves, each with what the ones before found. */
final class Search {
  /*
   * Costs are compared one after another, so they are minimised one after another: one weighted sum
   * over addresses would pass 2^62. The value of a stage is fixed before the next, and the last
   * solution is the hint of the next, so a stage never loses what it had. A stage whose cost is at
   * its lower bound already is not solved at all.
   *
   * The tie-break goes on in the same way with starts and lengths in the order of regions. Several
   * of them share a solve while the product of their ranges is small.
   */

  /** Steps of a budget in one unit of CP-SAT's deterministic time, which is about a second. */
  private static final double STEPS_PER_UNIT = 200_000;

  /**
   * Steps of a budget in one conflict. Where bounds of large domains creep, a second of work was
   * seen to count as 0.001 units only, but it has thousands of conflicts.
   */
  private static final long STEPS_PER_CONFLICT = 10;

  /** How many values numbers that share a solve may have together. */
  private static final long WIDEST = 1L << 20;

  /** A number above this has a solve of its own, or its weight could take it past 2^62. */
  private static final long HIGHEST = 1L << 36;

  private final Problem problem;
  private final Encoding encoding;
  private final Interrupts interrupts;
  private final @Nullable Long deadline;
  private double units;
  private long conflicts;
  private @Nullable Layout best;
  private List<Long> costs = List.of();
  private String stopped = "";

  /**
   * A search that is yet to run.
   *
   * @param deadline when to stop, on the clock of {@code System.nanoTime}, or null
   */
  Search(
      Problem problem,
      Encoding encoding,
      long steps,
      @Nullable Long deadline,
      Interrupts interrupts) {
    this.problem = problem;
    this.encoding = encoding;
    this.interrupts = interrupts;
    this.deadline = deadline;
    units = steps / STEPS_PER_UNIT;
    conflicts = Math.max(1, steps / STEPS_PER_CONFLICT);
  }

  /** How a chain of solves goes on after one of them. */
  private enum Next {
    PROVEN,
    REFUTED,
    STOPPED
  }

  Outcome run(Goal goal) {
    Next next = best();
    if (next == Next.PROVEN && goal == Goal.CANONICAL) {
      next = canonical();
    }
    Layout layout = best;
    if (next == Next.REFUTED) {
      return new Outcome.Refuted(List.of());
    }
    return layout == null
        ? new Outcome.GaveUp(stopped)
        : new Outcome.Found(layout, costs, next == Next.PROVEN);
  }

  private Next best() {
    for (int i = 0; i < encoding.stages().size(); i++) {
      Stage stage = encoding.stages().get(i);
      if (stage.isConstant()) {
        continue;
      }
      if (best == null || costs.get(i) > stage.least()) {
        Next next = solve(stage.expr());
        if (next != Next.PROVEN) {
          return next;
        }
      }
      encoding.model().between(stage.expr(), stage.least(), costs.get(i), List.of());
    }
    return best == null ? solve(null) : Next.PROVEN;
  }

  /** The start and length of each region in order, as numbers of the model and of a layout. */
  private Next canonical() {
    List<Amount> amounts = new ArrayList<>();
    for (Shape shape : encoding.shapes()) {
      amounts.add(shape.start());
      amounts.add(shape.length());
    }
    int from = 0;
    while (from < amounts.size()) {
      int to = from + 1;
      if (value(from) > amounts.get(from).min()) {
        to = endOfBatch(amounts, from);
        Next next = solve(weighted(amounts.subList(from, to)));
        if (next != Next.PROVEN) {
          return next;
        }
      }
      for (int i = from; i < to; i++) {
        encoding.model().between(amounts.get(i).expr(), value(i), value(i), List.of());
      }
      from = to;
    }
    return Next.PROVEN;
  }

  /** In a layout: the start of a region at an even index, its length at the odd one after it. */
  private long value(int index) {
    Placement placement = Objects.requireNonNull(best).placements().get(index / 2);
    return index % 2 == 0 ? placement.start() : placement.length();
  }

  /** One past the last number that may share a solve with the one at {@code from}. */
  private static int endOfBatch(List<Amount> amounts, int from) {
    long values = 1;
    for (int i = from; i < amounts.size(); i++) {
      Amount amount = amounts.get(i);
      long range = amount.max() - amount.min() + 1;
      if (range > WIDEST / values || amount.max() > HIGHEST) {
        return Math.max(i, from + 1);
      }
      values *= range;
    }
    return amounts.size();
  }

  /** The numbers as digits of one number: least when they are lexicographically least. */
  private static LinearExpr weighted(List<Amount> amounts) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    long weight = 1;
    for (int i = amounts.size() - 1; i >= 0; i--) {
      Amount amount = amounts.get(i);
      sum.addTerm(amount.expr(), weight);
      weight *= i == 0 ? 1 : amount.max() - amount.min() + 1;
    }
    return sum.build();
  }

  private Next solve(@Nullable LinearExpr cost) {
    CpSolver solver = new CpSolver();
    if (!setLimits(solver.getParameters())) {
      return Next.STOPPED;
    }
    CpModel model = encoding.model().cp();
    model.clearObjective();
    if (cost != null) {
      model.minimize(cost);
    }
    interrupts.watch(solver);
    CpSolverStatus status = solver.solve(model);
    interrupts.watch(null);
    CpSolverResponse response = solver.response();
    units -= response.getDeterministicTime();
    conflicts -= response.getNumConflicts();
    if (status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE) {
      take(solver, status == CpSolverStatus.OPTIMAL);
    }
    if (status == CpSolverStatus.OPTIMAL || (status == CpSolverStatus.FEASIBLE && cost == null)) {
      return Next.PROVEN;
    }
    if (status == CpSolverStatus.INFEASIBLE && best == null) {
      return Next.REFUTED;
    }
    stopped = reason(status, response);
    return Next.STOPPED;
  }

  /** Says what a solve may use; false when nothing is left. */
  private boolean setLimits(SatParameters.Builder parameters) {
    parameters
        .setNumWorkers(1)
        .setRandomSeed(1)
        // Its handler aborts the JVM.
        .setCatchSigintSignal(false)
        .setMaxDeterministicTime(units)
        .setMaxNumberOfConflicts(conflicts);
    if (interrupts.happened()) {
      stopped = "cp-sat was interrupted";
      return false;
    }
    if (units <= 0 || conflicts <= 0) {
      stopped = "cp-sat: the step limit ran out";
      return false;
    }
    if (deadline != null) {
      double seconds = (deadline - System.nanoTime()) / 1e9;
      if (seconds <= 0) {
        stopped = "cp-sat: the time limit ran out";
        return false;
      }
      parameters.setMaxTimeInSeconds(seconds);
    }
    return true;
  }

  private String reason(CpSolverStatus status, CpSolverResponse response) {
    if (status == CpSolverStatus.MODEL_INVALID) {
      return "cp-sat cannot represent the problem: " + Reasons.shorten(response.getSolutionInfo());
    }
    if (status == CpSolverStatus.INFEASIBLE) {
      // A layout was found before: one of the two is wrong, so neither is a proof.
      return "cp-sat contradicts itself";
    }
    if (interrupts.happened()) {
      return "cp-sat was interrupted";
    }
    // The search may end a little before the deadline, but not before its last step.
    boolean outOfSteps = units <= 0 || conflicts <= 0;
    return "cp-sat: the %s limit ran out".formatted(outOfSteps ? "step" : "time");
  }

  /** Keeps a solution as the best layout, unless the one before is better. */
  private void take(CpSolver solver, boolean optimal) {
    List<Placement> placements = new ArrayList<>();
    for (Shape shape : encoding.shapes()) {
      long start = solver.value(shape.start().expr());
      long length = solver.value(shape.length().expr());
      placements.add(new Placement(shape.room().region(), start, length));
    }
    Layout layout = Meaning.layout(problem, placements);
    List<Long> found = Costs.of(problem, layout);
    if (optimal || best == null || compare(found, costs) < 0) {
      best = layout;
      costs = found;
      encoding.model().hint(solver.response().getSolutionList());
    }
  }

  private static int compare(List<Long> one, List<Long> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Long.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
