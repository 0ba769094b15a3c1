package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.junit.jupiter.api.Test;

class NestedProblemsTest {
  private static final int SEEDS = 1000;

  @Test
  void everyProblemIsTinyAndBothVerdictsAreWellRepresented() {
    int possible = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = NestedProblems.random(seed);
      assertEquals(problem, NestedProblems.random(seed));
      assertTrue(ExhaustiveSearch.isTiny(problem), "seed " + seed);
      possible += ExhaustiveSearch.hasLayout(problem) ? 1 : 0;
    }
    String counts = possible + " of 1000 possible";
    assertTrue(250 < possible && possible < 850, counts);
  }

  @Test
  void whatIsInsideDecidesTheLayoutOfMany() {
    int decisive = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = NestedProblems.random(seed);
      for (Rule rule : problem.rules()) {
        if (rule instanceof Rule.Inside) {
          Problem without = Variants.without(problem, rule);
          decisive += answer(problem).equals(answer(without)) ? 0 : 1;
        }
      }
    }
    assertTrue(decisive > SEEDS / 4, decisive + " rules decide");
  }

  private static Object answer(Problem problem) {
    return new ExhaustiveBackend().solve(problem, Goal.CANONICAL, Budget.DEFAULT);
  }
}
