package org.gfnplan.solver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.check.StepChecker;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.ExhaustiveSearch;
import org.gfnplan.solver.testing.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Items packed beside a movable edge, against every layout there is, and at full size. */
class ExactPackingTest {
  private static final ExactEngine ENGINE = new ExactEngine();

  @Test
  void tinyPackingsAgreeWithExhaustiveSearch() {
    int possible = 0;
    int problems = Integer.getInteger("gfnplan.packings", 1500);
    for (long seed = 0; seed < problems; seed++) {
      Problem problem = tiny(seed);
      Optional<Layout> expected = ExhaustiveSearch.canonical(problem);
      possible += expected.isPresent() ? 1 : 0;
      for (Goal goal : Goal.values()) {
        agree(problem, goal, expected, "seed %d, %s".formatted(seed, goal));
      }
    }
    int found = possible;
    assertTrue(
        problems / 5 < found && found < problems * 4 / 5,
        () -> "%d of %d problems have a layout".formatted(found, problems));
  }

  private static void agree(Problem problem, Goal goal, Optional<Layout> expected, String name) {
    Outcome outcome = ENGINE.solve(problem, goal, Budget.DEFAULT);
    if (expected.isEmpty()) {
      assertInstanceOf(Outcome.Refuted.class, outcome, name);
      return;
    }
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome, name);
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()), name);
    assertEquals(Costs.of(problem, found.layout()), found.costs(), name);
    assertTrue(found.proven(), name);
    if (goal != Goal.ANY) {
      assertEquals(Costs.of(problem, expected.get()), found.costs(), name);
    }
    if (goal == Goal.CANONICAL) {
      assertEquals(expected.get(), found.layout(), name);
    }
  }

  /** A low and a high part of memory, and items between them, above them, or either. */
  private static Problem tiny(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int four = 8 + random.nextInt(5);
    int top = four - random.nextInt(2);
    int limit = four + 4 + random.nextInt(9);
    Statement says = says("memory");
    int most = 1 + random.nextInt(top);
    Region low = new Region("low", "", new Length(random.nextInt(most), most), one(), says);
    Region high = new Region("high", "", new Length(0, limit), one(), says);
    List<Region> regions = new ArrayList<>(List.of(low, high));
    List<GfnRange> taken = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      long start = random.nextInt(limit - 1);
      taken.add(GfnRange.at(start, 1));
    }
    GfnSet except = random.nextBoolean() ? GfnSet.of(taken) : GfnSet.empty();
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule.Pinned(says, low, 0));
    rules.add(new Rule.Pinned(says, high, four));
    rules.add(new Rule.Within(says, high, GfnSet.of(new GfnRange(four, limit))));
    rules.add(new Rule.TotalLength(says, List.of(low, high), except, random.nextInt(most + 4)));
    if (random.nextBoolean()) {
      rules.add(new Rule.OnGrid(says("grid"), low.end(), 1 + random.nextInt(3)));
    }
    boolean natural = random.nextInt(3) > 0;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      long align = 1L << random.nextInt(3);
      long size = natural ? align : 1 + random.nextInt(4);
      Statement asks = says("item " + i);
      Region item = new Region("i" + i, "", Length.fixed(size), new Alignment(align), asks);
      int kind = random.nextInt(3);
      List<GfnRange> zone = new ArrayList<>();
      List<Region> others = new ArrayList<>(regions.subList(2, regions.size()));
      if (kind != 0) {
        zone.add(new GfnRange(0, top));
        others.add(low);
      }
      if (kind != 1) {
        zone.add(new GfnRange(four, limit));
        others.add(high);
      }
      rules.add(new Rule.Within(asks, item, GfnSet.of(zone).minus(GfnSet.of(taken))));
      rules.add(new Rule.Apart(asks, item, others));
      regions.add(item);
    }
    if (random.nextInt(4) == 0) {
      regions.add(regions.remove(random.nextInt(2)));
    }
    List<Preference> costs =
        switch (random.nextInt(4)) {
          case 0 -> List.of();
          case 1 -> List.of(new Preference.Near(List.of(new Preference.Wish(low.end(), four / 2))));
          case 2 ->
              List.of(
                  new Preference.Whole(List.of(low.end(), high.end()), 2),
                  new Preference.Shortest(List.of(high)));
          default -> List.of(new Preference.Shortest(List.of(high)));
        };
    return new Problem(regions, rules, costs);
  }

  private static Alignment one() {
    return Alignment.NONE;
  }

  private static Statement says(String text) {
    return Statement.required("T", text, Origin.builtIn("test", text));
  }

  @ParameterizedTest
  @CsvSource({
    "R:5:1, 0xF0000",
    "R:10:2, 0xF0000",
    "R:20:3, 0xF0000",
    "R:30:4, 0xF0000",
    "R:30:8, 0xECE00",
    "L:1, 0xF0000",
    "L:2, 0xF0000",
    "C:60:6:1, 0xE0000"
  })
  void lowMemoryEndsAsHighAsPublished(String spec, String end) {
    Problem problem = Families.problem(spec);
    Outcome.Found found =
        assertInstanceOf(
            Outcome.Found.class, ENGINE.solve(problem, Goal.CANONICAL, Budget.DEFAULT));
    assertEquals(Long.decode(end), found.layout().of("low").end());
    assertTrue(found.proven());
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
  }

  @ParameterizedTest
  @CsvSource({
    "T:100:16:0:1:1, 1, 61537, 61536",
    "T:300:16:0:1:2, 1, 60833, 60832",
    "H:60:0:1, 1024, 35, 34",
    "H:200:0:3, 1024, 35, 34"
  })
  void onePageTooManyIsACount(String spec, long block, long needed, long fit) {
    Problem problem = Families.problem(spec);
    Outcome.Refuted refuted =
        assertInstanceOf(Outcome.Refuted.class, ENGINE.solve(problem, Goal.ANY, Budget.DEFAULT));
    Step.Overfull step =
        assertInstanceOf(
            Step.Overfull.class, refuted.certificate().get(refuted.certificate().size() - 1));
    assertEquals(List.of(block, needed, fit), List.of(step.block(), step.needed(), step.fit()));
    assertEquals(null, StepChecker.complaint(problem, step));
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
  void tightPackingsAreFound(String spec) {
    Problem problem = Families.problem(spec);
    Outcome.Found found =
        assertInstanceOf(Outcome.Found.class, ENGINE.solve(problem, Goal.BEST, Budget.DEFAULT));
    assertTrue(found.proven());
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P:8:1000:1:512:1", "P:8:1000:2:512:1"})
  void partitionsThatCannotAddUpAreRefuted(String spec) {
    assertInstanceOf(
        Outcome.Refuted.class, ENGINE.solve(Families.problem(spec), Goal.ANY, Budget.DEFAULT));
  }
}
