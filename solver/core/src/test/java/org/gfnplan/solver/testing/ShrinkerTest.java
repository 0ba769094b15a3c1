package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void whatIsLeftIsImpossibleAndNeedsEachOfItsRules() {
    Predicate<Problem> impossible = problem -> !ExhaustiveSearch.hasLayout(problem);
    int shrunk = 0;
    for (long seed = 0; seed < 100; seed++) {
      Problem problem = TinyProblems.random(seed);
      if (impossible.test(problem)) {
        Problem small = Shrinker.shrink(problem, impossible);
        shrunk++;
        assertFalse(ExhaustiveSearch.hasLayout(small), "seed " + seed);
        assertEquals(List.of(), small.preferences(), "seed " + seed);
        for (Rule rule : small.rules()) {
          Problem without = Variants.without(small, rule);
          assertTrue(
              !ExhaustiveSearch.isTiny(without) || ExhaustiveSearch.hasLayout(without),
              "seed %d: %s\n%s".formatted(seed, rule, ProblemText.of(small)));
        }
      }
    }
    assertTrue(shrunk > 10, shrunk + " problems were shrunk");
  }

  @Test
  void aProblemThatDoesNotFailAnySmallerStaysAsItIs() {
    Problem problem = TinyProblems.random(3);
    assertEquals(problem, Shrinker.shrink(problem, problem::equals));
  }
}
