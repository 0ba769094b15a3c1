package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.space.Alignment;
import org.junit.jupiter.api.Test;

class DifferentialTest {
  private static final Region REGION =
      new Region(
          "region",
          "thing",
          Length.fixed(1),
          Alignment.NONE,
          Statement.required("T1", "test", Origin.builtIn("test", "test")));
  private static final Problem PROBLEM =
      new Problem(
          List.of(REGION),
          List.of(),
          List.of(new Preference.Near(List.of(new Preference.Wish(REGION.start(), 7)))));
  private static final Outcome NONE = new Outcome.Refuted(List.of());

  @Test
  void theOracleAndTheExactEngineAgree() {
    List<Backend> both = List.of(new ExhaustiveBackend(), new ExactEngine());
    for (long seed = 0; seed < 300; seed++) {
      Problem problem = TinyProblems.random(seed);
      for (Goal goal : Goal.values()) {
        assertEquals(
            List.of(),
            Differential.compare(both, problem, goal, Budget.DEFAULT),
            "seed %d\n%s".formatted(seed, ProblemText.of(problem)));
      }
    }
  }

  @Test
  void opposedVerdictsDisagreeWhateverTheGoal() {
    for (Goal goal : Goal.values()) {
      assertFalse(disagreements(goal, found(7, true), NONE).isEmpty());
      assertFalse(disagreements(goal, NONE, found(9, goal == Goal.ANY)).isEmpty());
    }
  }

  @Test
  void provenCostsMustBeEqualButAnyMayDiffer() {
    assertFalse(disagreements(Goal.BEST, found(7, true), found(8, true)).isEmpty());
    assertEquals(List.of(), disagreements(Goal.ANY, found(7, true), found(8, true)));
  }

  @Test
  void nothingIsBetterThanWhatIsProvenToBeBest() {
    assertFalse(disagreements(Goal.BEST, found(8, true), found(7, false)).isEmpty());
    assertEquals(List.of(), disagreements(Goal.BEST, found(7, true), found(8, false)));
  }

  @Test
  void equalCostsAreEnoughForBestButNotForCanonical() {
    assertEquals(List.of(), disagreements(Goal.BEST, found(6, true), found(8, true)));
    assertFalse(disagreements(Goal.CANONICAL, found(6, true), found(8, true)).isEmpty());
  }

  @Test
  void givingUpContradictsNothing() {
    Outcome gaveUp = new Outcome.GaveUp("tired");
    assertEquals(List.of(), disagreements(Goal.BEST, gaveUp, NONE));
    assertEquals(List.of(), disagreements(Goal.BEST, found(7, true), gaveUp));
  }

  private static List<String> disagreements(Goal goal, Outcome one, Outcome other) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put("one", one);
    outcomes.put("other", other);
    return Differential.disagreements(PROBLEM, goal, outcomes);
  }

  private static Outcome found(long start, boolean proven) {
    Layout layout = new Layout(List.of(new Placement(REGION, start, 1)), List.of());
    return new Outcome.Found(layout, List.of(0L, Math.abs(start - 7)), proven);
  }
}
