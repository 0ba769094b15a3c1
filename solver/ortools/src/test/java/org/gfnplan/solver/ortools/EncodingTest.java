package org.gfnplan.solver.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.Families;
import org.gfnplan.solver.testing.MediumProblems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  private static final Statement SAYS =
      Statement.required("T1", "a test", Origin.builtIn("test", "a test"));

  private final Backend backend = new CpSatBackend();

  @ParameterizedTest
  @ValueSource(strings = {"H:60:0:1", "H:200:0:3", "T:100:16:0:1:1", "T:300:16:0:1:2"})
  void oneBlockTooManyIsRefutedByCounting(String spec) {
    // 0.1 units of deterministic time; without counting 20 are not enough for H.
    Outcome outcome = backend.solve(Families.problem(spec), Goal.ANY, Budget.steps(20_000));
    assertEquals(new Outcome.Refuted(List.of()), outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"R:30:4", "R:30:8", "T:100:16:0:0:1", "H:60:1:1", "M:60:6:999:1"})
  void thePublishedInstancesThatFitHaveTheirBestCost(String spec) {
    Problem problem = Families.problem(spec);
    Outcome outcome = backend.solve(problem, Goal.BEST, Budget.DEFAULT);
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome);
    assertTrue(found.proven());
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
    if (spec.equals("R:30:8")) {
      assertEquals(0xECE00, found.layout().of("low").length());
    } else if (spec.equals("R:30:4")) {
      assertEquals(0xF0000, found.layout().of("low").length());
    }
  }

  @Test
  void fixedRangesThatOverlapAreNoConflict() {
    Region one = region("one", 8, 1);
    Region other = region("other", 8, 1);
    Region item = region("item", 4, 4);
    List<Rule> rules =
        List.of(
            new Rule.Pinned(SAYS, one, 0),
            new Rule.Pinned(SAYS, other, 4),
            new Rule.Apart(SAYS, item, List.of(one, other)));
    Outcome outcome = solve(List.of(item, one, other), rules, List.of());
    assertEquals(12, assertInstanceOf(Outcome.Found.class, outcome).layout().of("item").start());
  }

  @Test
  void anEmptyRegionMayLieInsideAnother() {
    Region empty = new Region("empty", "thing", new Length(0, 4), Alignment.NONE, SAYS);
    Region item = region("item", 8, 1);
    List<Rule> rules =
        List.of(
            new Rule.Pinned(SAYS, empty, 4),
            new Rule.Pinned(SAYS, item, 0),
            new Rule.Apart(SAYS, item, List.of(empty)));
    Outcome outcome = solve(List.of(empty, item), rules, List.of());
    assertEquals(0, assertInstanceOf(Outcome.Found.class, outcome).layout().of("empty").length());
  }

  @Test
  void aRegionThatIsAlwaysEmptyHasNoPlaceInAnOrder() {
    Region empty = new Region("empty", "thing", new Length(0, 1), Alignment.NONE, SAYS);
    Region item = new Region("item", "thing", new Length(1, 3), new Alignment(8), SAYS);
    List<Rule> rules =
        List.of(
            new Rule.Pinned(SAYS, empty, 2),
            new Rule.Sized(SAYS, empty, 0, 0),
            new Rule.Within(SAYS, item, GfnSet.of(new GfnRange(0, 6))),
            new Rule.TotalLength(SAYS, List.of(item), GfnSet.empty(), 3),
            new Rule.Apart(SAYS, empty, List.of(item)));
    Outcome outcome = solve(List.of(empty, item), rules, List.of());
    assertEquals(3, assertInstanceOf(Outcome.Found.class, outcome).layout().of("item").end());
  }

  @Test
  @Timeout(20)
  void edgesThatChaseEachOtherAreRefutedWithoutCountingUp() {
    Region one = new Region("one", "thing", new Length(1, 9), Alignment.NONE, SAYS);
    Region other = new Region("other", "thing", new Length(1, 9), Alignment.NONE, SAYS);
    List<Rule> rules =
        List.of(
            new Rule.SameEdge(SAYS, one.end(), other.start()),
            new Rule.SameEdge(SAYS, other.end(), one.start()));
    assertEquals(new Outcome.Refuted(List.of()), solve(List.of(one, other), rules, List.of()));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1L << 51, 1L << 51, 1L << 61, Long.MAX_VALUE})
  void aWishBeyondWhatCanBeSummedIsGivenUp(long gfn) {
    Region item = region("item", 8, 1);
    Preference far = new Preference.Near(List.of(new Preference.Wish(item.start(), gfn)));
    Outcome outcome = solve(List.of(item), List.of(), List.of(far));
    assertEquals(
        new Outcome.GaveUp("cp-sat cannot represent the problem: a wish lies beyond 2^50"),
        outcome);
  }

  @Test
  void aSumOfDistancesBeyond61BitsIsGivenUp() {
    Region item = region("item", 8, 1);
    List<Preference.Wish> wishes =
        Collections.nCopies(4096, new Preference.Wish(item.start(), 1L << 50));
    Outcome outcome = solve(List.of(item), List.of(), List.of(new Preference.Near(wishes)));
    String reason = assertInstanceOf(Outcome.GaveUp.class, outcome).reason();
    assertTrue(reason.startsWith("cp-sat cannot represent the problem: "), reason);
  }

  @Test
  void distancesAsLongAsTheSpaceAreSummed() {
    List<Region> regions = new ArrayList<>();
    List<Preference.Wish> wishes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Region item = region("i" + i, 8, 1);
      regions.add(item);
      wishes.add(new Preference.Wish(item.start(), Gfn.LIMIT));
    }
    Outcome outcome =
        backend.solve(
            new Problem(regions, List.of(), List.of(new Preference.Near(wishes))),
            Goal.BEST,
            Budget.DEFAULT);
    assertEquals(List.of(0L, 1600L), assertInstanceOf(Outcome.Found.class, outcome).costs());
  }

  @Test
  void stepsWhoseCommonMultipleIsBeyondTheSpaceLeaveOnlyZero() {
    Region item = region("item", 8, Gfn.LIMIT);
    Rule grid = new Rule.OnGrid(SAYS, item.start(), Gfn.LIMIT - 1);
    Outcome outcome = solve(List.of(item), List.of(grid), List.of());
    assertEquals(0, assertInstanceOf(Outcome.Found.class, outcome).layout().of("item").start());
    Rule notAtZero = new Rule.Within(SAYS, item, GfnSet.of(new GfnRange(1, Gfn.LIMIT)));
    assertEquals(
        new Outcome.Refuted(List.of()), solve(List.of(item), List.of(grid, notAtZero), List.of()));
  }

  @Test
  void aTimeLimitThatHasPassedIsGivenUpAndNotInvalid() {
    Budget none = new Budget(1_000_000, Duration.ofNanos(1));
    Outcome outcome = backend.solve(Families.problem("R:5:1"), Goal.BEST, none);
    assertEquals(new Outcome.GaveUp("cp-sat: the time limit ran out"), outcome);
  }

  @Test
  void theLongestTimeLimitIsNoOverflow() {
    Budget all = new Budget(Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));
    Outcome outcome = backend.solve(Families.problem("R:5:1"), Goal.BEST, all);
    assertTrue(assertInstanceOf(Outcome.Found.class, outcome).proven());
  }

  @Test
  @Timeout(60)
  void anInterruptEndsTheSearchAndIsKept() throws InterruptedException {
    Problem hard = Families.problem(Forked.HARD);
    List<Outcome> outcomes = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    Thread search =
        new Thread(
            () -> {
              outcomes.add(backend.solve(hard, Goal.ANY, Budget.steps(Long.MAX_VALUE)));
              flags.add(Thread.currentThread().isInterrupted());
            });
    search.start();
    Thread.sleep(3000);
    assertTrue(search.isAlive(), "the instance is not hard any more");
    search.interrupt();
    search.join(30_000);
    assertFalse(search.isAlive());
    assertEquals(List.of(new Outcome.GaveUp("cp-sat was interrupted")), outcomes);
    assertEquals(List.of(true), flags);
  }

  @Test
  void anInterruptBeforeTheSearchIsNotLost() {
    Thread.currentThread().interrupt();
    try {
      Outcome outcome = backend.solve(Families.problem("R:5:1"), Goal.ANY, Budget.DEFAULT);
      assertEquals(new Outcome.GaveUp("cp-sat was interrupted"), outcome);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void fourRunsGiveOneAnswer() {
    for (long seed = 0; seed < 12; seed++) {
      Problem problem = MediumProblems.random(seed);
      Outcome first = backend.solve(problem, Goal.CANONICAL, Budget.DEFAULT);
      for (int run = 2; run <= 4; run++) {
        String where = "seed %d run %d".formatted(seed, run);
        assertEquals(first, backend.solve(problem, Goal.CANONICAL, Budget.DEFAULT), where);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 2_000, 5_000, 20_000})
  void fourRunsThatStopAtTheStepLimitGiveOneAnswer(long steps) {
    Problem problem = Families.problem("R:30:8");
    Outcome first = backend.solve(problem, Goal.CANONICAL, Budget.steps(steps));
    for (int run = 2; run <= 4; run++) {
      assertEquals(first, backend.solve(problem, Goal.CANONICAL, Budget.steps(steps)));
    }
  }

  private Outcome solve(List<Region> regions, List<Rule> rules, List<Preference> preferences) {
    return backend.solve(new Problem(regions, rules, preferences), Goal.CANONICAL, Budget.DEFAULT);
  }

  private static Region region(String name, long frames, long alignment) {
    return new Region(name, "thing", Length.fixed(frames), new Alignment(alignment), SAYS);
  }
}
