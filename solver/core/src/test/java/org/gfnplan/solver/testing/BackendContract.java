package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every backend is held to. Extend it, name the backend and say how much of what it is asked
 * it decides. A failure prints its seed and the smallest problem that still shows it.
 */
public abstract class BackendContract {
  /** The backend under test. */
  protected abstract Backend backend();

  /** The share of tiny problems, for each goal, that it must decide, such as 0.95. */
  protected abstract double decidedShare();

  /** How many random problems each law is tried on. */
  protected int problems() {
    return 300;
  }

  /** What it may spend on each problem. */
  protected Budget budget() {
    return Budget.DEFAULT;
  }

  /** The names of the edge cases that it may give up on; it may not be wrong about them either. */
  protected Set<String> mayGiveUpOn() {
    return Set.of();
  }

  @Test
  void agreesWithTheOracleOnTinyProblems() {
    hold(Law.AGREES_WITH_THE_ORACLE, problems(), budget());
  }

  @Test
  void agreesWithTheOracleOnPackedProblems() {
    for (long seed = 0; seed < problems(); seed++) {
      hold(Law.AGREES_WITH_THE_ORACLE, seed, PackedProblems.random(seed), budget());
    }
  }

  @Test
  void agreesWithTheOracleOnNestedProblems() {
    for (long seed = 0; seed < problems(); seed++) {
      hold(Law.AGREES_WITH_THE_ORACLE, seed, NestedProblems.random(seed), budget());
      hold(Law.AGREES_WITH_THE_ORACLE, seed, NestedProblems.random(seed), Budget.steps(10));
    }
  }

  @Test
  void oneStepIsNeverEnoughToBeWrong() {
    hold(Law.AGREES_WITH_THE_ORACLE, problems(), Budget.steps(1));
  }

  @Test
  void aFewStepsAreNeverEnoughToBeWrong() {
    hold(Law.AGREES_WITH_THE_ORACLE, problems() / 3, Budget.steps(10));
    hold(Law.AGREES_WITH_THE_ORACLE, problems() / 3, Budget.steps(100));
  }

  @Test
  void layoutsOfMediumProblemsAreValid() {
    for (long seed = 0; seed < problems() / 10; seed++) {
      hold(Law.SOUND, seed, MediumProblems.random(seed), budget());
      hold(Law.SOUND, seed, CrowdedProblems.random(seed), budget());
    }
  }

  @Test
  void anyIgnoresPreferredStatements() {
    hold(Law.ANY_IGNORES_PREFERRED_STATEMENTS, problems(), budget());
  }

  @Test
  void runsTwoAndThreeGiveWhatRunOneGave() {
    hold(Law.REPEATS_ITSELF, problems() / 3, budget());
  }

  @Test
  void shufflingTheRulesChangesNothing() {
    hold(Law.SHUFFLING_CHANGES_NOTHING, problems(), budget());
  }

  @Test
  void droppingAStatementNeverTakesTheLayoutAway() {
    hold(Law.DROPPING_A_STATEMENT_KEEPS_A_LAYOUT, problems() / 3, budget());
  }

  @Test
  void shiftingAProblemShiftsItsLayout() {
    hold(Law.SHIFTING_THE_PROBLEM_SHIFTS_THE_LAYOUT, problems(), budget());
  }

  @Test
  void decidesMostTinyProblems() {
    for (Goal goal : Goal.values()) {
      long decided =
          LongStream.range(0, problems())
              .filter(s -> isDecided(backend().solve(TinyProblems.random(s), goal, budget())))
              .count();
      assertTrue(
          decided >= decidedShare() * problems(),
          () -> "%s: decided %d of %d".formatted(goal, decided, problems()));
    }
  }

  @Test
  void manyThreadsGetWhatOneThreadGets() throws InterruptedException, ExecutionException {
    int count = problems() / 3;
    List<Outcome> alone = withThreads(1, count);
    for (int threads : new int[] {2, 8}) {
      List<Outcome> together = withThreads(threads, count);
      for (int seed = 0; seed < count; seed++) {
        String where = "seed %d with %d threads".formatted(seed, threads);
        assertEquals(alone.get(seed), together.get(seed), where);
      }
    }
  }

  private List<Outcome> withThreads(int threads, int count)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Backend backend = backend();
      List<Future<Outcome>> running = new ArrayList<>();
      for (long seed = 0; seed < count; seed++) {
        Problem problem = TinyProblems.random(seed);
        running.add(pool.submit(() -> backend.solve(problem, Goal.CANONICAL, budget())));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> outcome : running) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edgeCases")
  void isRightAtTheEdges(EdgeCase edge) {
    for (Goal goal : Goal.values()) {
      Outcome outcome = backend().solve(edge.problem(), goal, budget());
      String what = "%s: %s".formatted(goal, ProblemText.of(outcome));
      assertEquals(List.of(), Law.unsound(edge.problem(), goal, outcome), what);
      if (!isDecided(outcome)) {
        assertTrue(mayGiveUpOn().contains(edge.name()), what);
      } else if (edge.canonical() == null) {
        assertTrue(outcome instanceof Outcome.Refuted, what);
      } else {
        assertTrue(outcome instanceof Outcome.Found, what);
        if (goal == Goal.CANONICAL) {
          assertEquals(
              edge.canonical(),
              ((Outcome.Found) outcome)
                  .layout().placements().stream()
                      .flatMap(place -> Stream.of(place.start(), place.length()))
                      .toList(),
              what);
        }
      }
    }
  }

  static Stream<EdgeCase> edgeCases() {
    return EdgeCase.all().stream();
  }

  private static boolean isDecided(Outcome outcome) {
    return outcome instanceof Outcome.Refuted
        || (outcome instanceof Outcome.Found found && found.proven());
  }

  private void hold(Law law, int count, Budget budget) {
    for (long seed = 0; seed < count; seed++) {
      hold(law, seed, TinyProblems.random(seed), budget);
    }
  }

  private void hold(Law law, long seed, Problem problem, Budget budget) {
    if (!law.complaints(backend(), problem, budget).isEmpty()) {
      Problem small =
          Shrinker.shrink(problem, p -> !law.complaints(backend(), p, budget).isEmpty());
      fail(
          "seed %d, `%s`:\n%s\n%s"
              .formatted(
                  seed,
                  backend().name(),
                  String.join("\n", law.complaints(backend(), small, budget)),
                  ProblemText.of(small)));
    }
  }
}
