package org.gfnplan.solver.choco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.BackendContract;
import org.gfnplan.solver.testing.Differential;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.junit.jupiter.api.Test;

class ChocoBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new ChocoBackend();
  }

  @Override
  protected double decidedShare() {
    return 1.0;
  }

  @Override
  protected Set<String> mayGiveUpOn() {
    return Set.of(
        "a region stretched to all but one frame",
        "the smallest container of two halves of the space",
        "a wish half the space away");
  }

  @Test
  void agreesWithTheExactEngineOnMediumProblems() {
    List<Backend> both = List.of(backend(), new ExactEngine());
    int decided = 0;
    for (long seed = 0; seed < 40; seed++) {
      Problem problem = MediumProblems.random(seed);
      for (Goal goal : Goal.values()) {
        String where = "seed %d\n%s".formatted(seed, ProblemText.of(problem));
        Map<String, Outcome> outcomes = Differential.ask(both, problem, goal, Budget.DEFAULT);
        assertEquals(List.of(), Differential.disagreements(problem, goal, outcomes), where);
        Outcome ours = outcomes.get("choco");
        boolean proven =
            ours instanceof Outcome.Refuted
                || (ours instanceof Outcome.Found found && found.proven());
        decided += proven ? 1 : 0;
      }
    }
    int sum = decided;
    assertTrue(sum >= 118, () -> "decided %d of 120".formatted(sum));
  }
}
