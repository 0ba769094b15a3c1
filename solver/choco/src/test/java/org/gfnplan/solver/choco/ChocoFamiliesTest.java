package org.gfnplan.solver.choco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChocoFamiliesTest {
  private final Backend backend = new ChocoBackend();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T:100:16:10:0:1",
        "T:100:16:0:0:1",
        "H:60:1:1",
        "M:60:6:999:1",
        "M:120:12:999:1",
        "P:4:1000:0:512:1",
        "P:8:1000:0:512:1",
        "P:12:1000:0:512:1",
        "P:16:1000:0:512:1"
      })
  void packsWhatFits(String spec) {
    Problem problem = Families.problem(spec);
    Outcome outcome = backend.solve(problem, Goal.ANY, Budget.DEFAULT);
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
        "P:8:1000:2:512:1"
      })
  void refutesWhatIsOneTooMuch(String spec) {
    assertEquals(
        new Outcome.Refuted(List.of()),
        backend.solve(Families.problem(spec), Goal.ANY, Budget.DEFAULT));
  }

  /** The frames of memory below 4 GiB are published; the problem counts those above. */
  @ParameterizedTest
  @CsvSource({
    "R:5:1, 966048",
    "R:10:2, 966029",
    "R:20:3, 965773",
    "R:30:4, 966048",
    "R:30:8, 953229",
    "C:60:6:1, 917408"
  })
  void keepsAsMuchMemoryLowAsCanBe(String spec, long low) {
    Outcome outcome = backend.solve(Families.problem(spec), Goal.CANONICAL, Budget.DEFAULT);
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome, outcome::toString);
    assertEquals(List.of(0L, Families.parse(spec).ram() - low), found.costs());
    assertTrue(found.proven());
  }

  @Test
  void whatNeedsMoreThan32BitIsNotRefuted() {
    Outcome outcome = backend.solve(Families.problem("L:1"), Goal.ANY, Budget.steps(5_000));
    assertFalse(outcome instanceof Outcome.Refuted, outcome::toString);
  }
}
