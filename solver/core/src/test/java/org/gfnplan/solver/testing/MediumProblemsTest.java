package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;

class MediumProblemsTest {
  private static final int SEEDS = 500;

  @Test
  void bothVerdictsAreWellRepresented() {
    int possible = 0;
    int impossible = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = MediumProblems.random(seed);
      Outcome outcome = new ExactEngine().solve(problem, Goal.ANY, Budget.steps(50_000));
      possible += outcome instanceof Outcome.Found ? 1 : 0;
      impossible += outcome instanceof Outcome.Refuted ? 1 : 0;
    }
    String counts = "%d yes, %d no of %d".formatted(possible, impossible, SEEDS);
    assertTrue(possible > SEEDS / 4 && impossible > SEEDS / 4, counts);
  }

  @Test
  void everyKindOfRuleAndPreferenceOccurs() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      MediumProblems.random(seed).rules().forEach(rule -> seen.add(rule.getClass()));
      MediumProblems.random(seed).preferences().forEach(cost -> seen.add(cost.getClass()));
    }
    assertTrue(seen.containsAll(Set.of(Rule.class.getPermittedSubclasses())), seen::toString);
    Set<Class<?>> costs = new HashSet<>(Set.of(Preference.class.getPermittedSubclasses()));
    assertTrue(seen.containsAll(costs), seen::toString);
  }

  @Test
  void theSizesAreWhatTheDocumentationSays() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = MediumProblems.random(seed);
      long failing = seed;
      int size = problem.regions().size();
      assertTrue(5 <= size && size <= 19, () -> "seed %d: %d".formatted(failing, size));
    }
  }

  @Test
  void theSameSeedGivesTheSameProblem() {
    assertEquals(
        LongStream.range(0, SEEDS).mapToObj(MediumProblems::random).toList(),
        LongStream.range(0, SEEDS).mapToObj(MediumProblems::random).toList());
  }
}
