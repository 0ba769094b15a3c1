package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;

class TinyProblemsTest {
  private static final int SEEDS = 1000;

  @Test
  void theGeneratorMakesBothPossibleAndImpossibleProblems() {
    Map<Integer, int[]> bySize = new TreeMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Problem problem = TinyProblems.random(seed);
      int[] counts = bySize.computeIfAbsent(problem.regions().size(), n -> new int[2]);
      counts[ExhaustiveSearch.hasLayout(problem) ? 1 : 0]++;
    }
    assertEquals(Set.of(1, 2, 3, 4, 5, 6), bySize.keySet());
    int possible = bySize.values().stream().mapToInt(counts -> counts[1]).sum();
    assertTrue(350 < possible && possible < 800, () -> possible + " of 1000 possible");
    bySize.forEach(
        (regions, counts) ->
            assertTrue(
                counts[0] > 10 && counts[1] > 10,
                () -> "%d regions: %d no, %d yes".formatted(regions, counts[0], counts[1])));
  }

  @Test
  void everyProblemIsTiny() {
    long tiny = seeds().filter(s -> ExhaustiveSearch.isTiny(TinyProblems.random(s))).count();
    assertEquals(SEEDS, tiny);
  }

  @Test
  void everyKindOfRuleAndPreferenceDecidesSomething() {
    Map<Class<?>, Integer> decisive = new HashMap<>();
    for (long seed = 0; seed < SEEDS / 2; seed++) {
      Problem problem = TinyProblems.random(seed);
      Outcome answer = answer(problem);
      for (Rule rule : problem.rules()) {
        Outcome without = answer(Variants.without(problem, rule));
        if (!(without instanceof Outcome.GaveUp) && !without.equals(answer)) {
          decisive.merge(rule.getClass(), 1, Integer::sum);
        }
      }
      for (Preference preference : problem.preferences()) {
        if (!layout(answer(Variants.without(problem, preference))).equals(layout(answer))) {
          decisive.merge(preference.getClass(), 1, Integer::sum);
        }
      }
    }
    Set<Class<?>> kinds = new HashSet<>();
    kinds.addAll(Set.of(Rule.class.getPermittedSubclasses()));
    kinds.addAll(Set.of(Preference.class.getPermittedSubclasses()));
    kinds.remove(Preference.Wish.class);
    for (Class<?> kind : kinds) {
      assertTrue(decisive.getOrDefault(kind, 0) >= 5, () -> kind + " decides: " + decisive);
    }
  }

  @Test
  void someLayoutsHaveEmptyRegionsAndSomeGiveStatementsUp() {
    int empty = 0;
    int givenUp = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var layout = ExhaustiveSearch.canonical(TinyProblems.random(seed));
      empty +=
          layout.isPresent() && layout.get().placements().stream().anyMatch(p -> p.isEmpty())
              ? 1
              : 0;
      givenUp += layout.isPresent() && !layout.get().givenUp().isEmpty() ? 1 : 0;
    }
    assertTrue(empty > 30, empty + " of 1000 with an empty region");
    assertTrue(givenUp > 50, givenUp + " of 1000 with a statement given up");
  }

  @Test
  void theSameSeedGivesTheSameProblem() {
    assertTrue(seeds().allMatch(s -> TinyProblems.random(s).equals(TinyProblems.random(s))));
  }

  private static Outcome answer(Problem problem) {
    return new ExhaustiveBackend().solve(problem, Goal.CANONICAL, Budget.DEFAULT);
  }

  private static List<Layout> layout(Outcome outcome) {
    return outcome instanceof Outcome.Found found ? List.of(found.layout()) : List.of();
  }

  private static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }
}
