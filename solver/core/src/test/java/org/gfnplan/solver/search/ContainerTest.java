package org.gfnplan.solver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.gfnplan.solver.testing.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
  private static final Budget SMALL = Budget.steps(20_000);

  @ParameterizedTest
  @ValueSource(
      strings = {"W:20:10:4:0:1", "W:200:100:64:0:1", "W:200:100:64:1:1", "W:200:100:64:2:1"})
  void theSmallestWindowIsProven(String spec) {
    Outcome outcome = new ExactEngine().solve(Families.problem(spec), Goal.BEST, SMALL);
    assertTrue(assertInstanceOf(Outcome.Found.class, outcome).proven());
  }

  @ParameterizedTest
  @ValueSource(strings = {"W:200:100:64:0:1", "W:200:100:64:1:1", "W:200:100:64:2:1"})
  void someWindowIsFound(String spec) {
    Outcome outcome = new ExactEngine().solve(Families.problem(spec), Goal.ANY, SMALL);
    assertInstanceOf(Outcome.Found.class, outcome);
  }

  @Test
  void moreBarsThanTheSpaceHoldsAreRefuted() {
    Problem problem = Families.problem("W:200:100:64:3:1");
    assertInstanceOf(Outcome.Refuted.class, new ExactEngine().solve(problem, Goal.BEST, SMALL));
  }

  @Test
  void aWindowIsAsLongAsTheGridAndTheLargestBarNeed() {
    Region window = region("window", new Length(0, 64), 1);
    Region large = region("large", Length.fixed(8), 8);
    Region small = region("small", Length.fixed(2), 2);
    Problem problem =
        new Problem(
            List.of(window, large, small),
            List.of(
                new Rule.Pinned(says("window"), window, 4),
                new Rule.OnGrid(says("grid"), window.end(), 10),
                new Rule.Inside(says("large"), large, window),
                new Rule.Inside(says("small"), small, window),
                new Rule.Apart(says("small"), small, List.of(large))),
            List.of(new Preference.Shortest(List.of(window))));
    Outcome.Found found =
        assertInstanceOf(
            Outcome.Found.class, new ExactEngine().solve(problem, Goal.CANONICAL, SMALL));
    assertTrue(found.proven());
    assertEquals(List.of(0L, 16L), found.costs());
    assertEquals(
        List.of(4L, 8L, 4L), found.layout().placements().stream().map(p -> p.start()).toList());
  }

  @Test
  void aBarThatIsLargerThanItsWindowIsExplained() {
    assertInstanceOf(Step.NoAddress.class, lastStep(new Length(0, 8), 16));
  }

  @Test
  void barsThatOverfillTheirWindowAreExplained() {
    assertInstanceOf(Step.Overfull.class, lastStep(new Length(0, 16), 8, 8, 8));
  }

  /** How the conflict ends between a window at 0 and bars inside of it. */
  private static Step lastStep(Length length, long... sizes) {
    Region window = region("window", length, 1);
    List<Region> regions = new ArrayList<>(List.of(window));
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule.Pinned(says("window"), window, 0));
    for (long size : sizes) {
      Region bar = region("bar" + regions.size(), Length.fixed(size), size);
      rules.add(new Rule.Inside(says(bar.name()), bar, window));
      if (regions.size() > 1) {
        rules.add(
            new Rule.Apart(says(bar.name()), bar, List.copyOf(regions.subList(1, regions.size()))));
      }
      regions.add(bar);
    }
    Solver solver = new Solver(new ExactEngine(), new ExhaustiveBackend());
    var answer = solver.answer(new Problem(regions, rules, List.of()), Budget.DEFAULT).answer();
    List<Step> steps = assertInstanceOf(Conflict.class, answer).steps();
    return steps.get(steps.size() - 1);
  }

  @Test
  void nothingIsInsideOfItself() {
    Region region = region("r", Length.fixed(1), 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new Rule.Inside(says("rule"), region, region));
    assertEquals(
        "a region must lie inside of another one: region=r container=r", refused.getMessage());
  }

  private static Region region(String name, Length length, long alignment) {
    return new Region(name, "thing", length, new Alignment(alignment), says(name));
  }

  private static Statement says(String text) {
    return Statement.required("T1", text, Origin.builtIn("test", text));
  }
}
