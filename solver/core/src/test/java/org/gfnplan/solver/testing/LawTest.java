package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;

/** A law that no liar breaks is worth nothing: each of these backends has one bug. */
class LawTest {
  @Test
  void aWrongRefutationIsSeen() {
    requireCaught(Law.AGREES_WITH_THE_ORACLE, (problem, truth) -> new Outcome.Refuted(List.of()));
  }

  @Test
  void aLayoutMovedByOneFrameIsSeen() {
    requireCaught(Law.AGREES_WITH_THE_ORACLE, LawTest::movedByOne);
  }

  @Test
  void wrongCostsAreSeen() {
    requireCaught(
        Law.SOUND,
        (problem, truth) -> {
          if (truth instanceof Outcome.Found found) {
            List<Long> costs = new ArrayList<>(found.costs());
            costs.set(0, costs.get(0) + 1);
            return new Outcome.Found(found.layout(), costs, true);
          }
          return truth;
        });
  }

  @Test
  void aLayoutThatIsNotTheBestIsSeen() {
    requireCaught(
        Law.AGREES_WITH_THE_ORACLE,
        (problem, truth) -> {
          Problem careless = problem.withoutPreferences();
          return ExhaustiveSearch.canonical(careless)
              .<Outcome>map(layout -> new Outcome.Found(layout, Costs.of(problem, layout), true))
              .orElse(truth);
        });
  }

  @Test
  void preferredStatementsThatDecideAboutAnyAreSeen() {
    Backend strict =
        backend(
            (problem, truth) ->
                truth instanceof Outcome.Found found && !found.layout().givenUp().isEmpty()
                    ? new Outcome.Refuted(List.of())
                    : truth);
    requireCaught(Law.ANY_IGNORES_PREFERRED_STATEMENTS, strict);
  }

  @Test
  void aBackendThatRemembersIsSeen() {
    int[] calls = {0};
    requireCaught(
        Law.REPEATS_ITSELF,
        (problem, truth) -> ++calls[0] % 2 == 0 ? new Outcome.GaveUp("tired") : truth);
  }

  @Test
  void aBackendThatLooksAtTheOrderOfRulesIsSeen() {
    requireCaught(
        Law.SHUFFLING_CHANGES_NOTHING,
        (problem, truth) ->
            problem.rules().get(0).regions().contains(problem.regions().get(0))
                ? truth
                : new Outcome.Refuted(List.of()));
  }

  @Test
  void aBackendThatNeedsAStatementIsSeen() {
    requireCaught(
        Law.DROPPING_A_STATEMENT_KEEPS_A_LAYOUT,
        (problem, truth) ->
            problem.statements().size() % 2 == 0 ? new Outcome.Refuted(List.of()) : truth);
  }

  @Test
  void aBackendThatCountsIn32BitsIsSeen() {
    requireCaught(
        Law.SHIFTING_THE_PROBLEM_SHIFTS_THE_LAYOUT,
        (problem, truth) ->
            truth instanceof Outcome.Found found
                    && found.layout().placements().stream().anyMatch(p -> p.start() >> 32 != 0)
                ? new Outcome.Refuted(List.of())
                : truth);
  }

  private static Outcome movedByOne(Problem problem, Outcome truth) {
    if (!(truth instanceof Outcome.Found found)) {
      return truth;
    }
    List<Placement> moved = new ArrayList<>(found.layout().placements());
    Placement first = moved.get(0);
    moved.set(0, new Placement(first.region(), first.start() + 1, first.length()));
    Layout layout = new Layout(moved, found.layout().givenUp());
    return new Outcome.Found(layout, Costs.of(problem, layout), true);
  }

  private static void requireCaught(Law law, BiFunction<Problem, Outcome, Outcome> bug) {
    requireCaught(law, backend(bug));
  }

  private static void requireCaught(Law law, Backend liar) {
    long caught =
        LongStream.range(0, 100)
            .mapToObj(TinyProblems::random)
            .filter(problem -> !law.complaints(liar, problem, Budget.DEFAULT).isEmpty())
            .count();
    assertTrue(caught >= 5, caught + " of 100 problems show the bug");
  }

  private static Backend backend(BiFunction<Problem, Outcome, Outcome> bug) {
    Backend honest = new ExhaustiveBackend();
    return new Backend() {
      @Override
      public String name() {
        return "liar";
      }

      @Override
      public Outcome solve(Problem problem, Goal goal, Budget budget) {
        return bug.apply(problem, honest.solve(problem, goal, budget));
      }
    };
  }
}
