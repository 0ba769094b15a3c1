package org.gfnplan.solver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.CheckerRefused;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.junit.jupiter.api.Test;

class PortfolioTest {
  private static final Statement SAID =
      Statement.required("T1", "a thing", Origin.builtIn("test", "a thing"));
  private static final Region THING =
      new Region("thing", "thing", Length.fixed(4), Alignment.NONE, SAID);

  /** One region, which would like to start at gfn 0: its start is its cost. */
  private static final Problem PROBLEM =
      new Problem(
          List.of(THING),
          List.of(),
          List.of(new Preference.Near(List.of(new Preference.Wish(THING.start(), 0)))));

  private static Decision decide(Goal goal, Backend first, Backend... further) {
    List<Supplier<Backend>> makers = new ArrayList<>();
    for (Backend engine : further) {
      makers.add(() -> engine);
    }
    return new Portfolio(first, makers).decide(PROBLEM, goal, Budget.steps(6400));
  }

  private static Decision decide(Backend first, Backend... further) {
    return decide(Goal.CANONICAL, first, further);
  }

  private static String reason(Decision decision) {
    return assertInstanceOf(Outcome.GaveUp.class, decision.outcome()).reason();
  }

  @Test
  void aProvenLayoutStandsAndNobodyElseIsMade() {
    Portfolio portfolio =
        new Portfolio(
            Fake.finds("a", 0, true),
            List.of(
                () -> {
                  throw new AssertionError("made");
                }));
    Decision decision = portfolio.decide(PROBLEM, Goal.CANONICAL, Budget.DEFAULT);
    assertInstanceOf(Outcome.Found.class, decision.outcome());
    assertEquals(List.of("a"), decision.engines());
  }

  @Test
  void aContradictionOfTheRulesNeedsNoEngine() {
    Problem problem =
        new Problem(
            List.of(THING),
            List.of(new Rule.Pinned(SAID, THING, 4), new Rule.Pinned(SAID, THING, 8)),
            List.of());
    Fake first = Fake.givesUp("a");
    Decision decision = new Portfolio(first, List.of()).decide(problem, Goal.ANY, Budget.DEFAULT);
    assertEquals(
        new Outcome.Refuted(List.of(new Step.NoAddress(List.of(SAID), THING.start(), 8, 4))),
        decision.outcome());
    assertEquals(List.of(Portfolio.BOUNDS), decision.engines());
    assertEquals(List.of(), first.asked);
  }

  @Test
  void aCertificateStandsAlone() {
    Step certificate = new Step.Searched(List.of(SAID), List.of("a", "b"));
    Decision decision = decide(Fake.refutes("a", certificate), Fake.givesUp("b"));
    assertEquals(new Outcome.Refuted(List.of(certificate)), decision.outcome());
    assertEquals(List.of("a"), decision.engines());
  }

  @Test
  void twoEnginesThatAgreeAreBelieved() {
    Decision decision = decide(Fake.refutes("a"), Fake.givesUp("b"), Fake.refutes("c"));
    assertEquals(new Outcome.Refuted(List.of()), decision.outcome());
    assertEquals(List.of("a", "c"), decision.engines());
  }

  @Test
  void aNoThatNobodyConfirmsIsNotBelieved() {
    assertEquals(
        "a finds no layout, and no other engine confirms it; b: too hard",
        reason(decide(Fake.refutes("a"), Fake.givesUp("b"))));
    assertEquals(
        "a finds no layout, and no other engine confirms it", reason(decide(Fake.refutes("a"))));
  }

  @Test
  void whoGaveUpIsNamed() {
    Decision decision = decide(Fake.givesUp("a"), Fake.givesUp("b"));
    assertEquals("a: too hard; b: too hard", reason(decision));
    assertEquals(List.of("a", "b"), decision.engines());
  }

  @Test
  void furtherEnginesTakeTurnsWithGrowingBudgets() {
    Fake b = Fake.givesUp("b");
    Fake c = Fake.givesUp("c");
    Fake first = Fake.givesUp("a");
    decide(first, b, c);
    assertEquals(List.of(Budget.steps(6400)), first.asked);
    assertEquals(List.of(Budget.steps(100), Budget.steps(800), Budget.steps(6400)), b.asked);
    assertEquals(b.asked, c.asked);
  }

  @Test
  void whoHasSaidNoIsNotAskedAgain() {
    Fake b = Fake.refutes("b");
    decide(Fake.givesUp("a"), b, Fake.givesUp("c"));
    assertEquals(1, b.asked.size());
  }

  @Test
  void theOthersBetterALayoutThatIsNotProven() {
    Decision decision = decide(Fake.finds("a", 8, false), Fake.finds("b", 2, false));
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, decision.outcome());
    assertEquals(2, found.layout().of("thing").start());
    assertFalse(found.proven());
    assertEquals(List.of("b"), decision.engines());
  }

  @Test
  void aProvenLayoutReplacesAnEqualOne() {
    Decision decision = decide(Fake.finds("a", 2, false), Fake.finds("b", 2, true));
    assertTrue(((Outcome.Found) decision.outcome()).proven());
    assertEquals(List.of("b"), decision.engines());
  }

  @Test
  void ofEqualLayoutsTheFirstIsKept() {
    assertEquals(
        List.of("a"), decide(Fake.finds("a", 2, false), Fake.finds("b", 2, false)).engines());
  }

  @Test
  void aWorseLayoutChangesNothing() {
    Decision decision = decide(Fake.finds("a", 2, false), Fake.finds("b", 8, false));
    assertEquals(List.of("a"), decision.engines());
  }

  @Test
  void anyLayoutIsEnoughForAny() {
    Fake b = Fake.finds("b", 0, true);
    assertEquals(List.of("a"), decide(Goal.ANY, Fake.finds("a", 8, false), b).engines());
    assertEquals(List.of(), b.asked);
  }

  @Test
  void aLayoutAfterANoIsADisagreement() {
    EnginesDisagree refuted =
        assertThrows(
            EnginesDisagree.class, () -> decide(Fake.refutes("a"), Fake.finds("b", 0, true)));
    assertEquals("a", refuted.one());
    assertEquals("b", refuted.other());
    assertThrows(EnginesDisagree.class, () -> decide(Fake.finds("a", 0, false), Fake.refutes("b")));
  }

  @Test
  void aBestLayoutThatIsNotTheBestIsADisagreement() {
    assertThrows(
        EnginesDisagree.class, () -> decide(Fake.finds("a", 2, false), Fake.finds("b", 8, true)));
  }

  @Test
  void aWrongLayoutIsRefusedAtOnce() {
    Backend misaligned =
        new Fake(
            "a",
            problem -> {
              Outcome.Found right = Fake.found(problem, 0, true);
              return new Outcome.Found(right.layout(), List.of(0L, 7L), true);
            });
    CheckerRefused refused =
        assertThrows(CheckerRefused.class, () -> decide(misaligned, Fake.givesUp("b")));
    assertEquals(List.of("the layout costs [0, 0], not [0, 7]"), refused.complaints());
  }

  @Test
  void withoutTimeNoFurtherEngineIsAsked() {
    Fake b = Fake.givesUp("b");
    Decision decision =
        new Portfolio(Fake.givesUp("a"), List.of(() -> b))
            .decide(PROBLEM, Goal.ANY, new Budget(10, Duration.ofNanos(1)));
    assertEquals("a: too hard; auto: no time is left", reason(decision));
    assertEquals(List.of(), b.asked);
  }
}
