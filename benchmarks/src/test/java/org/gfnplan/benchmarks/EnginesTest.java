package org.gfnplan.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.CrowdedProblems;
import org.gfnplan.solver.testing.Differential;
import org.gfnplan.solver.testing.Families;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnginesTest {
  private static final Budget BUDGET = Budget.steps(100_000);

  /** Little, because a step of one engine is worth hundreds of another's. */
  private static final Budget SMALL = Budget.steps(5_000);

  @Test
  void allEnginesAgreeOnMediumProblems() {
    for (long seed = 0; seed < 40; seed++) {
      agree(seed, MediumProblems.random(seed));
    }
  }

  @Test
  void allEnginesAgreeOnCrowdedProblems() {
    for (long seed = 0; seed < 40; seed++) {
      agree(seed, CrowdedProblems.random(seed));
    }
  }

  private static void agree(long seed, Problem problem) {
    for (Goal goal : Goal.values()) {
      assertEquals(
          List.of(),
          Differential.compare(Engines.all(), problem, goal, BUDGET),
          "seed %d\n%s".formatted(seed, ProblemText.of(problem)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R:10:2",
        "R:30:8",
        "T:100:16:0:1:1",
        "H:60:0:1",
        "C:60:6:1",
        "P:4:1000:0:512:1",
        "X:50:4:1",
        "H:12:100",
        "H:13:100"
      })
  void noEngineContradictsWhatWasPublishedAndOneFindsIt(String spec) {
    Problem problem = Families.problem(spec);
    Map<String, Outcome> outcomes = Differential.ask(Engines.all(), problem, Goal.BEST, SMALL);
    assertEquals(List.of(), Differential.disagreements(problem, Goal.BEST, outcomes));
    boolean possible = Families.isKnownPossible(spec).orElseThrow();
    assertTrue(
        outcomes.values().stream()
            .anyMatch(o -> possible ? o instanceof Outcome.Found : o instanceof Outcome.Refuted),
        outcomes::toString);
  }

  @Test
  void enginesAreFoundByNameAndOthersAreRefused() {
    List<Backend> named = Engines.named("choco,exact");
    assertEquals(List.of("choco", "exact"), named.stream().map(Backend::name).toList());
    assertThrows(IllegalArgumentException.class, () -> Engines.named("exact,z3"));
  }

  @Test
  void optionsAreReadAndUnknownOnesAreRefused() {
    Map<String, String> defaults = Map.of("seconds", "10");
    Options options = new Options(new String[] {"L:1", "--seconds", "3"}, defaults);
    assertEquals(3, options.number("seconds"));
    assertEquals(List.of("L:1"), options.words());
    for (String[] wrong : new String[][] {{"--second", "3"}, {"--seconds"}}) {
      assertThrows(IllegalArgumentException.class, () -> new Options(wrong, defaults));
    }
  }
}
