package org.gfnplan.solver.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.check.CheckerRefused;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.EnginesDisagree;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Fake;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.search.Portfolio;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.junit.jupiter.api.Test;

class SolverTest {
  /** Three regions of 2 on a grid of 5 in 10 frames: one too many, but no argument is short. */
  private static final Problem PUZZLE = puzzle(10);

  private static Problem puzzle(long frames) {
    List<Region> regions = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Region region = new Region(name, "thing", Length.fixed(2), Alignment.NONE, Guest.said(name));
      rules.add(new Rule.Within(Guest.said(name), region, GfnSet.of(new GfnRange(0, frames))));
      if (!regions.isEmpty()) {
        rules.add(new Rule.Apart(Guest.said(name), region, List.copyOf(regions)));
      }
      rules.add(new Rule.OnGrid(Guest.said("grid"), region.start(), 5));
      regions.add(region);
    }
    return new Problem(regions, rules, List.of());
  }

  private static Solution answer(Backend primary, Backend confirming, Problem problem) {
    return new Solver(primary, confirming).answer(problem, Budget.DEFAULT);
  }

  @Test
  void aLayoutSaysWhoFoundItAndWhatItCosts() {
    Problem problem = new Guest(1024, 2048).problem();
    Solution solution = answer(new ExactEngine(), Fake.givesUp("b"), problem);
    assertInstanceOf(Layout.class, solution.answer());
    assertEquals("exact", solution.engine());
    assertEquals(List.of(0L), solution.costs());
  }

  @Test
  void aLayoutThatIsNotProvenIsMarked() {
    Problem problem = puzzle(16).keeping(List.of(Guest.said("a")));
    assertFalse(answer(Fake.finds("a", 0, false), Fake.givesUp("b"), problem).proven());
  }

  @Test
  void aWrongLayoutIsNeverAnAnswer() {
    CheckerRefused refused =
        assertThrows(
            CheckerRefused.class,
            () -> answer(Fake.finds("a", 0, true), Fake.givesUp("b"), PUZZLE));
    assertFalse(refused.complaints().isEmpty());
  }

  @Test
  void givingUpIsUndecided() {
    Solution solution = answer(Fake.givesUp("a"), Fake.refutes("b"), PUZZLE);
    assertEquals(new Undecided("too hard", null), solution.answer());
    assertEquals("a", solution.engine());
    assertFalse(solution.proven());
  }

  @Test
  void aConflictWithoutAShortArgumentNamesBothEngines() {
    Solution solution = answer(new ExactEngine(), new ExhaustiveBackend(), PUZZLE);
    Conflict conflict = assertInstanceOf(Conflict.class, solution.answer());
    assertEquals(PUZZLE.statements(), conflict.statements());
    assertEquals(
        List.of(new Step.Searched(PUZZLE.statements(), List.of("exact", "exhaustive"))),
        conflict.steps());
  }

  @Test
  void theEnginesOfAPortfolioAreNamed() {
    Portfolio both = new Portfolio(new ExactEngine(), List.of(ExhaustiveBackend::new));
    Solution solution = answer(both, new ExhaustiveBackend(), PUZZLE);
    assertEquals("exact+exhaustive", solution.engine());
    Conflict conflict = (Conflict) solution.answer();
    assertEquals(
        List.of(new Step.Searched(PUZZLE.statements(), List.of("exact", "exhaustive"))),
        conflict.steps());
  }

  @Test
  void aConflictThatIsNotConfirmedIsUndecided() {
    Solution solution = answer(new ExactEngine(), Fake.givesUp("b"), PUZZLE);
    assertEquals(
        "there is no layout, but why is not known: too hard",
        assertInstanceOf(Undecided.class, solution.answer()).reason());
  }

  @Test
  void anEngineDoesNotConfirmItself() {
    Solution solution = answer(new ExactEngine(), new ExactEngine(), PUZZLE);
    assertInstanceOf(Undecided.class, solution.answer());
  }

  @Test
  void aConflictThatIsDeniedIsABug() {
    Problem possible = puzzle(16);
    assertThrows(
        EnginesDisagree.class, () -> answer(Fake.refutes("a"), new ExhaustiveBackend(), possible));
  }

  @Test
  void aShortArgumentNeedsNoSecondEngine() {
    Guest guest = new Guest(4096, 4096).lowSized("hole", 4096, 4096);
    guest.fixed("taken", 100, 101);
    Fake never = Fake.givesUp("b");
    assertInstanceOf(Conflict.class, answer(new ExactEngine(), never, guest.problem()).answer());
    assertEquals(List.of(), never.asked);
  }

  /** Regions a and b in [0, 5), c and d in [3, 8): 9 frames in 8, but no window is overfull. */
  private static Problem chained() {
    List<Region> regions = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      long from = name.compareTo("c") < 0 ? 0 : 3;
      Region region =
          new Region(
              name,
              "thing",
              Length.fixed(name.equals("d") ? 3 : 2),
              Alignment.NONE,
              Guest.said(name));
      rules.add(new Rule.Within(Guest.said(name), region, GfnSet.of(new GfnRange(from, from + 5))));
      if (!regions.isEmpty()) {
        rules.add(new Rule.Apart(Guest.said(name), region, List.copyOf(regions)));
      }
      regions.add(region);
    }
    return new Problem(regions, rules, List.of());
  }

  /** The exact engine, which says {@code step} with every "no". */
  private static Fake certifying(Step step) {
    return new Fake(
        "a",
        problem ->
            new ExactEngine().solve(problem, Goal.ANY, Budget.DEFAULT)
                    instanceof Outcome.Found found
                ? found
                : new Outcome.Refuted(List.of(step)));
  }

  @Test
  void aCountOfAnEngineIsUsedWhenItSurvivesARecount() {
    Problem problem = chained();
    GfnSet free = GfnSet.of(new GfnRange(0, 8));
    Step count = new Step.Overfull(List.of(), free, 1, 9, 8);
    Fake never = Fake.givesUp("b");
    Conflict conflict =
        assertInstanceOf(Conflict.class, answer(certifying(count), never, problem).answer());
    assertEquals(List.of(new Step.Overfull(problem.statements(), free, 1, 9, 8)), conflict.steps());
    assertEquals(List.of(), never.asked);
  }

  @Test
  void aCountOfAnEngineThatIsWrongIsNotUsed() {
    Problem problem = chained();
    Step count = new Step.Overfull(List.of(), GfnSet.of(new GfnRange(0, 8)), 1, 10, 8);
    Solution solution = answer(certifying(count), new ExhaustiveBackend(), problem);
    assertEquals(
        List.of(new Step.Searched(problem.statements(), List.of("a", "exhaustive"))),
        ((Conflict) solution.answer()).steps());
  }

  @Test
  void anExplanationThatGivesUpIsUndecided() {
    // It says no to the whole, but does not know about the parts.
    Fake partly =
        new Fake(
            "a",
            problem ->
                problem.regions().size() == 3
                    ? new Outcome.Refuted(List.of())
                    : new Outcome.GaveUp("only the whole"));
    assertEquals(
        "there is no layout, but why is not known: only the whole",
        assertInstanceOf(Undecided.class, answer(partly, new ExhaustiveBackend(), PUZZLE).answer())
            .reason());
  }

  @Test
  void everyRunGivesTheSameAnswer() {
    Guest guest = new Guest(1 << 20, 0xf0000).lowSized("hole", 0xe0000, 0xe0000);
    for (int i = 0; i < 6; i++) {
      guest.fixed("f" + i, 0xa0000 + 0x9000 * i, 0xa0000 + 0x9000 * i + 9);
    }
    Solution once = answer(new ExactEngine(), new ExhaustiveBackend(), guest.problem());
    for (int run = 0; run < 3; run++) {
      assertEquals(once, answer(new ExactEngine(), new ExhaustiveBackend(), guest.problem()));
    }
  }

  @Test
  void theMembersDoNotDependOnTheEngine() {
    Solution one = answer(new ExactEngine(), new ExhaustiveBackend(), PUZZLE);
    Solution other = answer(new ExhaustiveBackend(), new ExactEngine(), PUZZLE);
    assertEquals(((Conflict) one.answer()).statements(), ((Conflict) other.answer()).statements());
  }

  @Test
  void anEmptyRegionListHasALayout() {
    Problem nothing = new Problem(List.of(), List.of(), List.of());
    assertEquals(
        new Layout(List.<Placement>of(), List.of()),
        answer(new ExactEngine(), new ExhaustiveBackend(), nothing).answer());
  }
}
