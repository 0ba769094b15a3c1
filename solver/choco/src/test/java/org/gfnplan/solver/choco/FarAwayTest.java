package org.gfnplan.solver.choco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.Differential;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.gfnplan.solver.testing.TinyProblems;
import org.junit.jupiter.api.Test;

/** The horizon cuts off nothing that matters, wherever allowed frames go on. */
class FarAwayTest {
  private static final Backend EXACT = new ExactEngine();
  private static final Backend CHOCO = new ChocoBackend();

  @Test
  void tinyProblemsWithFarRangesAgreeWithTheExactEngine() {
    int decided = 0;
    for (long seed = 0; seed < 300; seed++) {
      decided += compare(seed, opened(TinyProblems.random(seed), seed));
    }
    int sum = decided;
    assertTrue(sum > 800, () -> "decided %d of 900".formatted(sum));
  }

  @Test
  void mediumProblemsWithFarRangesAgreeWithTheExactEngine() {
    int decided = 0;
    for (long seed = 0; seed < 15; seed++) {
      decided += compare(seed, opened(MediumProblems.random(seed), seed));
    }
    int sum = decided;
    assertTrue(sum > 35, () -> "decided %d of 45".formatted(sum));
  }

  /** The problem with some of its ranges longer, and with others far away beside them. */
  private static Problem opened(Problem problem, long seed) {
    Random random = new Random(seed);
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Within within && random.nextBoolean()) {
        long from = random.nextBoolean() ? random.nextLong(64) : random.nextLong(Gfn.LIMIT - 64);
        long until = random.nextBoolean() ? Gfn.LIMIT : from + 1 + random.nextLong(64);
        GfnSet more = within.allowed().union(GfnSet.of(new GfnRange(from, until)));
        rules.add(new Rule.Within(within.statement(), within.region(), more));
      } else {
        rules.add(rule);
      }
    }
    return new Problem(problem.regions(), rules, problem.preferences());
  }

  private static int compare(long seed, Problem problem) {
    int decided = 0;
    for (Goal goal : Goal.values()) {
      Map<String, Outcome> outcomes =
          Differential.ask(List.of(CHOCO, EXACT), problem, goal, Budget.steps(2_000));
      assertEquals(
          List.of(),
          Differential.disagreements(problem, goal, outcomes),
          () -> "seed %d\n%s".formatted(seed, ProblemText.of(problem)));
      decided += outcomes.get("choco") instanceof Outcome.GaveUp ? 0 : 1;
    }
    return decided;
  }
}
