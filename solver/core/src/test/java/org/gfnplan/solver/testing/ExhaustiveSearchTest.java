package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.junit.jupiter.api.Test;

class ExhaustiveSearchTest {
  private static final Statement SAYS =
      Statement.required("T1", "test", Origin.builtIn("test", "test"));

  @Test
  void theCheckerAcceptsEveryLayoutItFindsAndTheCostsAgree() {
    for (long seed = 0; seed < 1000; seed++) {
      Problem problem = TinyProblems.random(seed);
      Layout layout = ExhaustiveSearch.canonical(problem).orElse(null);
      if (layout != null) {
        assertEquals(List.of(), LayoutChecker.complaints(problem, layout), "seed " + seed);
        assertEquals(
            ExhaustiveSearch.bestCosts(problem).orElseThrow(),
            Costs.of(problem, layout),
            "seed " + seed);
      }
    }
  }

  @Test
  void theCheckerAndTheOracleReadEveryRuleAlike() {
    int right = 0;
    int wrong = 0;
    for (long seed = 0; seed < 2000; seed++) {
      Problem problem = TinyProblems.random(seed);
      Random random = new Random(seed);
      List<Placement> placements = new ArrayList<>();
      for (Region region : problem.regions()) {
        long length =
            region.length().min()
                + random.nextInt((int) (region.length().max() - region.length().min()) + 1);
        placements.add(new Placement(region, region.alignment().down(random.nextInt(24)), length));
      }
      Meaning meaning = new Meaning(problem);
      long[] s = placements.stream().mapToLong(Placement::start).toArray();
      long[] l = placements.stream().mapToLong(Placement::length).toArray();
      for (Rule rule : problem.rules()) {
        Statement statement = rule.statement();
        Problem alone = new Problem(problem.regions(), List.of(rule), problem.preferences());
        boolean holds = meaning.holds(rule, s, l);
        boolean givenUp = !holds && !statement.strength().isRequired();
        Layout layout = new Layout(placements, givenUp ? List.of(statement) : List.of());
        assertEquals(
            holds || givenUp,
            LayoutChecker.complaints(alone, layout).isEmpty(),
            "seed %d %s in %s".formatted(seed, rule, ProblemText.of(layout)));
        right += holds ? 1 : 0;
        wrong += holds ? 0 : 1;
      }
      for (int i = 0; i < problem.preferences().size(); i++) {
        assertEquals(
            meaning.cost(problem.preferences().get(i), s, l),
            Costs.of(problem, new Layout(placements, List.of())).get(i + 1),
            "seed " + seed);
      }
    }
    assertTrue(right > 2000 && wrong > 2000, right + " rules held, " + wrong + " did not");
  }

  @Test
  void aProblemThatIsNotTinyIsRefusedNotSearched() {
    Region wide = region("wide");
    Rule within = new Rule.Within(SAYS, wide, GfnSet.of(new GfnRange(0, 1L << 30)));
    Problem problem = new Problem(List.of(wide), List.of(within), List.of());
    assertThrows(
        ExhaustiveSearch.NotTinyException.class, () -> ExhaustiveSearch.hasLayout(problem));
  }

  @Test
  void fourFramesHoldFourRegionsOfOneFrameButNotFive() {
    Problem four = crowd("a", "b", "c", "d");
    assertEquals(
        List.of(4L, 5L, 6L, 7L),
        ExhaustiveSearch.canonical(four).orElseThrow().placements().stream()
            .map(Placement::start)
            .toList());
    assertFalse(ExhaustiveSearch.hasLayout(crowd("a", "b", "c", "d", "e")));
  }

  private static Problem crowd(String... names) {
    List<Region> regions = Arrays.stream(names).map(name -> region(name)).toList();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      rules.add(new Rule.Within(SAYS, regions.get(i), GfnSet.of(new GfnRange(4, 8))));
      if (i > 0) {
        rules.add(new Rule.Apart(SAYS, regions.get(i), regions.subList(0, i)));
      }
    }
    return new Problem(regions, rules, List.of());
  }

  private static Region region(String name) {
    return new Region(name, "thing", Length.fixed(1), Alignment.NONE, SAYS);
  }
}
