package org.gfnplan.solver.choco;

import java.util.List;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Meaning;
import org.gfnplan.solver.search.Outcome;

/** Improves a first layout, one cost and then one number after the other. */
final class Stages {
  /*
   * Each stage looks for the least value of one cost or number while all earlier ones keep theirs.
   * It asks plain questions, "is there a layout with at most this?", by bisection, each of a new
   * model: a bound of -1 frame per better solution would take up to 2^30 rounds. A question may use
   * a part of the budget; when that runs out, what is below stays open and the answer is not proven.
   */
  private static final int PARTS = 4;

  private final Problem problem;
  private final Probe probe;
  private final Meter meter;
  private final Limits limits;
  private Layout best;
  private List<Long> costs;
  private boolean proven = true;

  Stages(Problem problem, Probe probe, Meter meter, List<Placement> first) {
    this.problem = problem;
    this.probe = probe;
    this.meter = meter;
    this.limits = new Limits(problem.preferences().size() + 1, problem.regions().size());
    this.best = Meaning.layout(problem, first);
    this.costs = Costs.of(problem, best);
  }

  Outcome run(Goal goal) {
    try {
      if (goal != Goal.ANY) {
        for (int i = 0; i < limits.costs.length && !meter.isSpent(); i++) {
          lowerCost(i);
        }
      }
      if (goal == Goal.CANONICAL && !meter.isSpent()) {
        lowerAll();
      }
    } catch (Meter.Spent | DoesNotFit stopped) {
      proven = false;
    }
    proven &= goal == Goal.ANY || !meter.isSpent();
    return new Outcome.Found(best, costs, proven);
  }

  private void lowerCost(int index) {
    long low = 0;
    // The least cost there can be is often met; ask for it before the middle.
    long at = 0;
    while (low < costs.get(index) && !meter.isSpent()) {
      Limits asked = limits.copy();
      asked.costs[index] = at;
      low = ask(asked) ? low : at + 1;
      at = low + (costs.get(index) - low) / 2;
      at = Math.min(at, costs.get(index) - 1);
    }
    limits.costs[index] = costs.get(index);
  }

  /** Whether a layout within the limits was found; it is the best one then. */
  private boolean ask(Limits asked) {
    Meter part = meter.slice(meter.left() / PARTS);
    Probe.Result result;
    try {
      result = probe.any(asked, part);
    } catch (DoesNotFit tooFar) {
      proven = false;
      return false;
    }
    if (result.status() == Probe.Status.STOPPED
        || (result.status() == Probe.Status.NONE && !probe.isComplete(asked))) {
      proven = false;
    }
    return accept(result);
  }

  private boolean accept(Probe.Result result) {
    if (result.status() != Probe.Status.FOUND) {
      return false;
    }
    best = Meaning.layout(problem, result.placements());
    costs = Costs.of(problem, best);
    return true;
  }

  private void lowerAll() {
    proven &= probe.isComplete(limits);
    Probe.Result least = probe.least(limits, meter.slice(meter.left() / PARTS));
    if (accept(least)) {
      return;
    }
    for (int i = 0; i < limits.lowest.length && !meter.isSpent(); i++) {
      lowerNumber(i);
    }
  }

  private void lowerNumber(int coordinate) {
    Limits asked = limits.copy();
    long low = probe.lowest(asked, coordinate, meter);
    long at = low;
    while (low < number(coordinate) && !meter.isSpent()) {
      asked = limits.copy();
      asked.lowest[coordinate] = low;
      asked.highest[coordinate] = at;
      if (!ask(asked)) {
        asked = limits.copy();
        asked.lowest[coordinate] = at + 1;
        asked.highest[coordinate] = number(coordinate);
        low = probe.lowest(asked, coordinate, meter);
      }
      at = low + (number(coordinate) - low) / 2;
      at = Math.min(at, number(coordinate) - 1);
    }
    limits.lowest[coordinate] = number(coordinate);
    limits.highest[coordinate] = number(coordinate);
  }

  private long number(int coordinate) {
    Placement placement = best.placements().get(coordinate / 2);
    return coordinate % 2 == 0 ? placement.start() : placement.length();
  }
}
