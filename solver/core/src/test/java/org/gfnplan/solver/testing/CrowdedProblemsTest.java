package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdedProblemsTest {
  private static final int SEEDS = 500;

  @Test
  void bothVerdictsAreWellRepresented() {
    int possible = 0;
    int impossible = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Outcome outcome =
          new ExactEngine().solve(CrowdedProblems.random(seed), Goal.ANY, Budget.steps(50_000));
      possible += outcome instanceof Outcome.Found ? 1 : 0;
      impossible += outcome instanceof Outcome.Refuted ? 1 : 0;
    }
    String counts = "%d yes, %d no of %d".formatted(possible, impossible, SEEDS);
    assertTrue(possible > SEEDS / 4 && impossible > SEEDS / 5, counts);
  }

  @Test
  void theSameSeedGivesTheSameProblem() {
    assertEquals(
        LongStream.range(0, SEEDS).mapToObj(CrowdedProblems::random).toList(),
        LongStream.range(0, SEEDS).mapToObj(CrowdedProblems::random).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"K:300:6:1", "K:300:6:2", "K:3000:6:1"})
  void theFamilyIsDecidedAndProven(String spec) {
    Outcome outcome =
        new ExactEngine().solve(Families.problem(spec), Goal.CANONICAL, Budget.DEFAULT);
    assertTrue(outcome instanceof Outcome.Found found && found.proven(), outcome::toString);
  }
}
