package org.gfnplan.solver.choco;

import java.util.List;
import org.chocosolver.solver.exception.SolverException;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/**
 * Choco 5 as a backend for every kind of rule and preference.
 *
 * <p>Its numbers are 32 bit. Where a layout, if there is one, need not reach beyond that many
 * frames above the lowest address, the answer is exact; else it finds a layout there, not proven to
 * be best, or gives up. A step of the budget is 64 runs of a propagator. An interrupted thread
 * stops the search and stays interrupted.
 */
public final class ChocoBackend implements Backend {
  @Override
  public String name() {
    return "choco";
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    Meter meter = Meter.of(budget);
    try {
      Limits none = new Limits(problem.preferences().size() + 1, problem.regions().size());
      Probe probe = new Probe(problem, goal != Goal.ANY, none);
      Probe.Result first = probe.any(none, meter);
      if (first.status() == Probe.Status.FOUND) {
        return new Stages(problem, probe, meter, first.placements()).run(goal);
      }
      if (first.status() == Probe.Status.STOPPED) {
        return new Outcome.GaveUp("choco: the budget ran out before a layout was found");
      }
      if (!probe.isComplete(none)) {
        throw probe.tooFar();
      }
      return new Outcome.Refuted(List.of());
    } catch (Impossible refuted) {
      return new Outcome.Refuted(List.of());
    } catch (DoesNotFit tooLarge) {
      return new Outcome.GaveUp("choco: " + tooLarge.getMessage());
    } catch (SolverException refused) {
      String why = String.valueOf(refused.getMessage()).replaceAll("\\s+", " ");
      return new Outcome.GaveUp("choco: refused the model: " + why);
    }
  }
}
