package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gfnplan.solver.problem.Problem;
import org.junit.jupiter.api.Test;

class PackedProblemsTest {
  private static final int SEEDS = 1000;

  @Test
  void everyProblemIsTinyAndBothVerdictsAreWellRepresented() {
    int possible = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = PackedProblems.random(seed);
      assertEquals(problem, PackedProblems.random(seed));
      assertTrue(ExhaustiveSearch.isTiny(problem), "seed " + seed);
      possible += ExhaustiveSearch.hasLayout(problem) ? 1 : 0;
    }
    String counts = possible + " of 1000 possible";
    assertTrue(250 < possible && possible < 850, counts);
  }
}
