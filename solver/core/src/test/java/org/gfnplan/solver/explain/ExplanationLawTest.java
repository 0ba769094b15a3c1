package org.gfnplan.solver.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.check.StepChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.gfnplan.solver.testing.ExhaustiveSearch;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.gfnplan.solver.testing.TinyProblems;
import org.gfnplan.solver.testing.Variants;
import org.junit.jupiter.api.Test;

class ExplanationLawTest {
  private static final int PROBLEMS = 3000;

  private static final List<Solution> SOLUTIONS =
      LongStream.range(0, PROBLEMS).mapToObj(s -> answer(TinyProblems.random(s))).toList();

  private interface Law {
    void hold(long seed, Problem problem, Conflict conflict);
  }

  private static void forEachConflict(Law law) {
    for (int seed = 0; seed < PROBLEMS; seed++) {
      if (SOLUTIONS.get(seed).answer() instanceof Conflict conflict) {
        law.hold(seed, TinyProblems.random(seed), conflict);
      }
    }
  }

  private static Solution answer(Problem problem) {
    return new Solver(new ExactEngine(), new ExhaustiveBackend()).answer(problem, Budget.DEFAULT);
  }

  @Test
  void everyAnswerIsTheOraclesAnswer() {
    for (long seed = 0; seed < PROBLEMS; seed++) {
      Problem problem = TinyProblems.random(seed);
      Solution solution = SOLUTIONS.get((int) seed);
      if (solution.answer() instanceof Layout layout) {
        assertEquals(ExhaustiveSearch.canonical(problem).orElse(null), layout, "seed " + seed);
        assertTrue(solution.proven(), "seed " + seed);
      } else {
        assertTrue(solution.answer() instanceof Conflict, "seed " + seed);
        assertFalse(ExhaustiveSearch.hasLayout(problem), "seed " + seed);
      }
    }
  }

  @Test
  void nearlyEveryConflictHasAShortArgument() {
    Map<String, Integer> ends = new TreeMap<>();
    forEachConflict(
        (seed, problem, conflict) ->
            ends.merge(last(conflict).getClass().getSimpleName(), 1, Integer::sum));
    int all = ends.values().stream().mapToInt(count -> count).sum();
    assertTrue(all > PROBLEMS / 5 && all < PROBLEMS / 2, ends::toString);
    assertTrue(ends.keySet().containsAll(List.of("Clash", "NoGap", "Total", "NoAddress")));
    assertTrue(20 * ends.getOrDefault("Searched", 0) < all, ends::toString);
  }

  @Test
  void aConflictStaysOneWithAllOtherStatementsRemoved() {
    forEachConflict(
        (seed, problem, conflict) ->
            assertFalse(
                ExhaustiveSearch.hasLayout(problem.keeping(conflict.statements())),
                () -> "seed " + seed + "\n" + ProblemText.of(problem)));
  }

  @Test
  void withoutAnyOneOfItsMembersAConflictHasALayout() {
    forEachConflict(
        (seed, problem, conflict) -> {
          for (Statement member : conflict.statements()) {
            Layout witness = conflict.witnesses().get(member);
            assertEquals(
                List.of(),
                LayoutChecker.complaints(
                    problem.keeping(without(conflict.statements(), member)), witness),
                "seed " + seed);
          }
        });
  }

  @Test
  void theLastStepIsAContradictionOfAllMembers() {
    forEachConflict(
        (seed, problem, conflict) -> {
          Step last = last(conflict);
          assertTrue(
              last instanceof Step.Searched || StepChecker.isContradiction(last), "seed " + seed);
          assertEquals(conflict.statements(), last.because(), "seed " + seed);
        });
  }

  @Test
  void aStepNeedsEveryStatementItRestsOn() {
    int[] forced = {0};
    forEachConflict(
        (seed, problem, conflict) -> {
          for (Step step : conflict.steps().subList(0, conflict.steps().size() - 1)) {
            Step.Forced taken = (Step.Forced) step;
            forced[0]++;
            for (Statement needed : taken.because()) {
              Step weaker =
                  new Step.Forced(without(taken.because(), needed), taken.region(), taken.range());
              assertNotNull(
                  StepChecker.complaint(problem, weaker), "seed " + seed + " " + needed.id());
            }
          }
        });
    assertTrue(forced[0] > 20, "forced steps: " + forced[0]);
  }

  @Test
  void mediumProblemsAreAnsweredToo() {
    Map<String, Integer> ends = new TreeMap<>();
    for (long seed = 0; seed < 300; seed++) {
      Solution solution = answer(MediumProblems.random(seed));
      String end =
          solution.answer() instanceof Conflict conflict
              ? last(conflict).getClass().getSimpleName()
              : solution.answer().getClass().getSimpleName();
      ends.merge(end, 1, Integer::sum);
    }
    assertTrue(ends.getOrDefault("Undecided", 0) < 30, ends::toString);
    assertTrue(ends.getOrDefault("Layout", 0) < 250, ends::toString);
  }

  @Test
  void preferencesAndPreferredStatementsDoNotChangeAConflict() {
    forEachConflict(
        (seed, problem, conflict) ->
            assertEquals(
                answer(problem).answer(),
                answer(Variants.requiredOnly(problem).withoutPreferences()).answer(),
                "seed " + seed));
  }

  @Test
  void shufflingTheRulesLeavesAConflictAConflict() {
    int[] same = {0, 0};
    forEachConflict(
        (seed, problem, conflict) -> {
          List<Statement> shuffled = members(Variants.shuffled(problem, seed));
          assertFalse(ExhaustiveSearch.hasLayout(problem.keeping(shuffled)), "seed " + seed);
          same[new HashSet<>(shuffled).equals(new HashSet<>(conflict.statements())) ? 1 : 0]++;
        });
    // The order of statements decides between several conflicts; most problems have one.
    assertTrue(same[1] > same[0], same[1] + " same, " + same[0] + " others");
  }

  @Test
  void shiftingAProblemLeavesItsConflictAConflict() {
    int[] same = {0, 0};
    forEachConflict(
        (seed, problem, conflict) -> {
          Problem shifted = Variants.shifted(problem, 16 * Variants.commonStep(problem));
          List<Statement> moved = members(shifted);
          assertFalse(ExhaustiveSearch.hasLayout(problem.keeping(moved)), "seed " + seed);
          same[conflict.statements().equals(moved) ? 1 : 0]++;
        });
    // Only what is near gfn 0 looks different from there.
    assertTrue(same[1] > 9 * same[0], same[1] + " same, " + same[0] + " others");
  }

  private static List<Statement> without(List<Statement> statements, Statement one) {
    List<Statement> others = new ArrayList<>(statements);
    others.remove(one);
    return others;
  }

  private static List<Statement> members(Problem problem) {
    return ((Conflict) answer(problem).answer()).statements();
  }

  private static Step last(Conflict conflict) {
    return conflict.steps().get(conflict.steps().size() - 1);
  }
}
