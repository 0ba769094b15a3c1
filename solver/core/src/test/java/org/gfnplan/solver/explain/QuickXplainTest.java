package org.gfnplan.solver.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.junit.jupiter.api.Test;

class QuickXplainTest {
  private int asked;

  /** A region for each statement, so that what is kept can be read off a problem. */
  private static Problem problem(int statements) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < statements; i++) {
      regions.add(
          new Region("r" + i, "thing", Length.fixed(1), Alignment.NONE, Guest.said("s" + i)));
    }
    return new Problem(regions, List.of(), List.of());
  }

  private List<Statement> minimal(Problem problem, List<Set<Statement>> conflicts) {
    return new QuickXplain<RuntimeException>(
            problem,
            part -> {
              asked++;
              Set<Statement> said = new HashSet<>(part.statements());
              return conflicts.stream().anyMatch(said::containsAll);
            })
        .minimal(problem.statements());
  }

  private static Set<Statement> set(int... numbers) {
    Set<Statement> set = new HashSet<>();
    for (int number : numbers) {
      set.add(Guest.said("s" + number));
    }
    return set;
  }

  @Test
  void theOnlyConflictIsFoundInTheOrderOfTheProblem() {
    assertEquals(
        List.of(Guest.said("s3"), Guest.said("s17"), Guest.said("s90")),
        minimal(problem(100), List.of(set(90, 3, 17))));
  }

  @Test
  void aConflictAmongEarlyStatementsIsPreferred() {
    assertEquals(
        List.of(Guest.said("s0"), Guest.said("s2")),
        minimal(problem(8), List.of(set(5, 7), set(0, 2), set(1, 6))));
  }

  @Test
  void oneStatementCanBeAConflict() {
    assertEquals(List.of(Guest.said("s4")), minimal(problem(9), List.of(set(4))));
    assertEquals(List.of(Guest.said("s0")), minimal(problem(1), List.of(set(0))));
  }

  @Test
  void allStatementsCanBeAConflict() {
    Problem problem = problem(5);
    assertEquals(problem.statements(), minimal(problem, List.of(set(0, 1, 2, 3, 4))));
  }

  @Test
  void fewQuestionsAreAskedForFewMembers() {
    minimal(problem(256), List.of(set(7, 100, 200)));
    assertTrue(asked <= 2 * 3 * (8 + 1), "asked " + asked);
  }

  @Test
  void everyPlantedSetThatIsFoundIsMinimal() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Set<Statement>> planted = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        planted.add(set(random.ints(1 + random.nextInt(5), 0, 40).distinct().toArray()));
      }
      Set<Statement> found = new HashSet<>(minimal(problem(40), planted));
      assertTrue(planted.contains(found), "seed " + seed);
      assertTrue(
          planted.stream().noneMatch(p -> found.containsAll(p) && !p.equals(found)),
          "seed " + seed);
    }
  }

  @Test
  void anOracleThatCannotSayEndsTheSearch() {
    Problem problem = problem(4);
    NotDecided open =
        assertThrows(
            NotDecided.class,
            () ->
                new QuickXplain<NotDecided>(
                        problem,
                        part -> {
                          throw new NotDecided("no steps left");
                        })
                    .minimal(problem.statements()));
    assertEquals("no steps left", open.reason());
  }
}
