package org.gfnplan.solver.choco;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.variables.IntVar;
import org.chocosolver.solver.variables.Task;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Families;
import org.junit.jupiter.api.Test;

/** What Choco gets wrong when it is used as it comes. */
class ChocoTrapsTest {
  private static final long HUGE = 1L << 30;
  private static final String HARD = "M:120:12:999:1";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ChocoBackend backend = new ChocoBackend();

  @Test
  void chocoAloneRefutesTwoTasksThatFit() {
    Model model = new Model();
    Task[] tasks = new Task[2];
    IntVar[] heights = {model.intVar(1), model.intVar(1)};
    for (int i = 0; i < 2; i++) {
      IntVar start = model.intVar("start" + i, 0, (int) HUGE);
      tasks[i] = model.taskVar(start, (int) HUGE);
    }
    model.cumulative(tasks, heights, model.intVar(1)).post();
    assertFalse(model.getSolver().solve());
  }

  @Test
  void twoRegionsThatFillTwoToThe31FramesAreNotRefuted() {
    Draft draft = new Draft();
    draft.packed(HUGE, 1, 0, 2 * HUGE);
    draft.packed(HUGE, 1, 0, 2 * HUGE);
    for (Goal goal : Goal.values()) {
      Outcome outcome = backend.solve(draft.problem(), goal, Budget.DEFAULT);
      String reason = assertInstanceOf(Outcome.GaveUp.class, outcome).reason();
      assertTrue(reason.endsWith("does not fit 32 bit"), reason);
    }
  }

  @Test
  void alignedRegionsThatFillTwoToThe31FramesArePlaced() {
    Draft draft = new Draft();
    draft.packed(HUGE, HUGE, 0, 2 * HUGE);
    draft.packed(HUGE, HUGE, 0, 2 * HUGE);
    assertEquals(List.of(0L, HUGE), starts(draft.problem(), Goal.CANONICAL));
    draft.packed(HUGE, HUGE, 0, 2 * HUGE);
    assertEquals(
        new Outcome.Refuted(List.of()), backend.solve(draft.problem(), Goal.ANY, Budget.DEFAULT));
  }

  @Test
  void regionsJustBelowTheGuardArePlaced() {
    Draft draft = new Draft();
    long half = HUGE / 2 - 1;
    draft.packed(half, 1, 0, HUGE - 1);
    draft.packed(half, 1, 0, HUGE - 1);
    assertEquals(List.of(0L, half), starts(draft.problem(), Goal.CANONICAL));
  }

  @Test
  void addressesBeyond32BitAreCountedFromTheLowestOne() {
    Draft draft = new Draft();
    long far = 3 * HUGE + 5;
    draft.packed(7, 4, far, far + HUGE / 2);
    draft.packed(9, 8, far, far + HUGE / 2);
    assertEquals(List.of(far + 3, far + 11), starts(draft.problem(), Goal.CANONICAL));
  }

  @Test
  void aStepBeyond32BitIsNoFactorOfAView() {
    Draft draft = new Draft();
    Region open = draft.region(1, 1, 1L << 31);
    draft.packed(1, 1, 0, 10);
    draft.within(open, 0, HUGE);
    assertEquals(List.of(0L, 1L), starts(draft.problem(), Goal.CANONICAL));
  }

  @Test
  void costsBeyond32BitAreAddedUpRight() {
    Draft draft = new Draft();
    Region region = draft.packed(3, 1, 0, HUGE / 2);
    List<Preference.Wish> wishes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wishes.add(new Preference.Wish(region.start(), 0));
      wishes.add(new Preference.Wish(region.end(), HUGE / 2));
    }
    wishes.add(new Preference.Wish(region.end(), HUGE / 4));
    draft.prefer(new Preference.Near(wishes));
    assertEquals(List.of(HUGE / 4 - 3), starts(draft.problem(), Goal.CANONICAL));
    Outcome outcome = backend.solve(draft.problem(), Goal.BEST, Budget.DEFAULT);
    assertEquals(
        List.of(0L, 5 * (HUGE / 2 - 3)), ((Outcome.Found) outcome).costs(), outcome::toString);
  }

  @Test
  void aFewMegabytesAreEnoughForHalfABillionFrames() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, child.waitFor(), output);
    assertEquals("[0, 268435456]", output.strip());
  }

  /** Places two regions in 2^29 frames and prints where. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) {
      Draft draft = new Draft();
      draft.packed(HUGE / 4, 1, 0, HUGE / 2);
      draft.packed(HUGE / 4, 1, 0, HUGE / 2);
      System.out.println(new ChocoTrapsTest().starts(draft.problem(), Goal.CANONICAL));
    }
  }

  @Test
  void halfASecondIsNotHalfAThousandMinutes() {
    Budget halfASecond = new Budget(Long.MAX_VALUE, Duration.ofMillis(500));
    for (Goal goal : Goal.values()) {
      Problem problem = Families.problem(HARD);
      Outcome outcome =
          assertTimeoutPreemptively(MINUTE, () -> backend.solve(problem, goal, halfASecond));
      assertFalse(outcome instanceof Outcome.Refuted);
    }
  }

  @Test
  void aSearchThatWasStoppedRefutesNothing() {
    for (long steps : new long[] {1, 10, 100, 1000}) {
      Outcome outcome =
          backend.solve(Families.problem("P:24:1000:0:512:1"), Goal.ANY, Budget.steps(steps));
      assertFalse(outcome instanceof Outcome.Refuted, () -> steps + " steps");
    }
  }

  @Test
  void theBudgetHoldsThroughAllStages() {
    Problem problem = Families.problem(HARD);
    Outcome outcome =
        assertTimeoutPreemptively(
            MINUTE, () -> backend.solve(problem, Goal.CANONICAL, Budget.steps(50_000)));
    if (outcome instanceof Outcome.Found found) {
      assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
      assertFalse(found.proven());
    }
  }

  @Test
  void aNodeThatNeverEndsIsStopped() {
    Draft draft = new Draft();
    Region one = draft.packed(1, 1, 0, HUGE - 1);
    Region other = draft.region(1, 2, 1);
    draft.within(other, 0, HUGE - 1);
    // Each pushes the other up by one frame, 2^29 times.
    draft.rule(new Rule.SameEdge(Draft.SAYS, one.end(), other.start()));
    draft.rule(new Rule.SameEdge(Draft.SAYS, other.end(), one.start()));
    Outcome outcome =
        assertTimeoutPreemptively(
            MINUTE, () -> backend.solve(draft.problem(), Goal.ANY, Budget.steps(10_000)));
    assertFalse(outcome instanceof Outcome.Found);
  }

  @Test
  void anInterruptStopsTheSearchAndStays() {
    Thread.currentThread().interrupt();
    Outcome outcome =
        assertInstanceOf(
            Outcome.GaveUp.class,
            backend.solve(Families.problem(HARD), Goal.ANY, Budget.steps(Long.MAX_VALUE)));
    assertTrue(Thread.interrupted(), outcome::toString);
  }

  @Test
  void nothingToDecideIsNoEmptySearch() {
    Draft draft = new Draft();
    Region fixed = draft.region(4, 4, 1);
    draft.rule(new Rule.Pinned(Draft.SAYS, fixed, 8));
    assertEquals(List.of(8L), starts(draft.problem(), Goal.CANONICAL));
    Problem none = new Problem(List.of(), List.of(), List.of());
    assertEquals(List.of(), starts(none, Goal.CANONICAL));
  }

  @Test
  void noLoggingBackendComesAlong() {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("org.slf4j.impl.StaticLoggerBinder"));
  }

  private List<Long> starts(Problem problem, Goal goal) {
    Outcome outcome = backend.solve(problem, goal, Budget.DEFAULT);
    Outcome.Found found = assertInstanceOf(Outcome.Found.class, outcome, outcome::toString);
    assertEquals(List.of(), LayoutChecker.complaints(problem, found.layout()));
    assertTrue(found.proven());
    return found.layout().placements().stream().map(Placement::start).toList();
  }
}
