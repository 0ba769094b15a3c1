package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact engine on the families, against the published answers. */
class FamilyAnswersTest {
  private static final Budget BUDGET = Budget.steps(200_000);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "R:5:1, 966048, 0xF0000",
    "R:10:2, 966029, 0xF0000",
    "R:20:3, 965773, 0xF0000",
    "R:30:4, 966048, 0xF0000",
    "R:30:8, 953229, 0xECE00",
    "L:1, 982009, 0xF0000",
    "L:2, 981926, 0xF0000",
    "C:60:6:1, 917408, 0xE0000"
  })
  void asMuchMemoryIsLowAsWasPublished(String spec, long lowRam, String end) {
    Instance instance = Families.parse(spec);
    Problem problem = instance.problem();
    Outcome outcome = new ExactEngine().solve(problem, Goal.BEST, BUDGET);
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome, outcome::toString);
    assertTrue(found.proven());
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
    long low = found.layout().of("low").length();
    assertEquals(Long.decode(end), low);
    assertEquals(lowRam, instance.lowRam(low));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T:100:16:10:0:1",
        "T:100:16:0:0:1",
        "T:300:16:0:0:2",
        "H:60:1:1",
        "M:60:6:999:1",
        "M:120:12:999:1",
        "P:4:1000:0:512:1",
        "P:8:1000:0:512:1",
        "P:12:1000:0:512:1",
        "P:16:1000:0:512:1"
      })
  void whatWasPublishedAsPossibleHasALayout(String spec) {
    Problem problem = Families.problem(spec);
    Outcome outcome = new ExactEngine().solve(problem, Goal.ANY, BUDGET);
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome, outcome::toString);
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T:100:16:0:1:1",
        "T:300:16:0:1:2",
        "H:60:0:1",
        "H:200:0:3",
        "P:8:1000:1:512:1",
        "P:8:1000:2:512:1",
        "H:13:100",
        "H:20:100",
        "X:10:2:1",
        "X:50:4:1",
        "X:200:4:1"
      })
  void whatWasPublishedAsImpossibleIsRefuted(String spec) {
    Outcome outcome = new ExactEngine().solve(Families.problem(spec), Goal.ANY, BUDGET);
    assertInstanceOf(Outcome.Refuted.class, outcome, outcome::toString);
  }
}
