package org.gfnplan.solver.search;

import static org.gfnplan.solver.explain.Guest.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.StepChecker;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.bounds.ClosedForms;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.junit.jupiter.api.Test;

/**
 * Pinned chunks of any length, a total over them, and two windows that compete for their frames.
 */
class StretchableTotalTest {
  private static final long UNIT = 1L << 12;
  private static final long WIDTH = 0x1000 * UNIT;
  private static final long FIXED = 0x10 * UNIT;
  private static final long FIXED_AT = 0x800 * UNIT;
  private static final long WINDOW = 0x400 * UNIT;
  private static final long MOST = WIDTH - FIXED - 2 * WINDOW;

  private static Region chunk(String name) {
    return new Region(name, "ram", new Length(0, WIDTH), Alignment.NONE, said("total"));
  }

  private static Region window(String name) {
    return new Region(name, "window", Length.fixed(WINDOW), new Alignment(UNIT), said(name));
  }

  private static Problem problem(long total) {
    Region low = chunk("low");
    Region high = chunk("high");
    Region fixed = new Region("fixed", "fixed", Length.fixed(FIXED), Alignment.NONE, said("fixed"));
    Region one = window("one");
    Region two = window("two");
    GfnSet width = GfnSet.of(new GfnRange(0, WIDTH));
    List<Rule> rules =
        List.of(
            new Rule.Pinned(said("total"), low, 0),
            new Rule.Pinned(said("total"), high, FIXED_AT + FIXED),
            new Rule.Pinned(said("fixed"), fixed, FIXED_AT),
            new Rule.TotalLength(said("total"), List.of(low, high), GfnSet.empty(), total),
            new Rule.Apart(said("total"), low, List.of(high)),
            new Rule.Apart(said("fixed"), fixed, List.of(low, high, one, two)),
            new Rule.Apart(said("one"), one, List.of(low, high)),
            new Rule.Apart(said("two"), two, List.of(low, high, one)),
            new Rule.Within(said("width"), low, width),
            new Rule.Within(said("width"), high, width),
            new Rule.Within(said("width"), one, width),
            new Rule.Within(said("width"), two, width));
    List<Preference> preferences =
        List.of(
            new Preference.Shortest(List.of(high)),
            new Preference.Whole(List.of(low.end(), high.end()), 512));
    return new Problem(List.of(low, high, fixed, one, two), rules, preferences);
  }

  private static Outcome solve(long total) {
    return new ExactEngine().solve(problem(total), Goal.CANONICAL, Budget.steps(10_000));
  }

  private static Step.Overfull counted() {
    return assertInstanceOf(Step.Overfull.class, ClosedForms.of(problem(MOST + 1)).contradiction());
  }

  @Test
  void oneFrameTooManyIsCounted() {
    assertInstanceOf(Outcome.Refuted.class, solve(MOST + 1));
    Step.Overfull full = counted();
    assertEquals(WIDTH - FIXED, full.fit());
    assertEquals(WIDTH - FIXED + 1, full.needed());
    assertNull(StepChecker.complaint(problem(MOST + 1), full));
  }

  @Test
  void aCountThatIsWrongByOneIsRefused() {
    Problem problem = problem(MOST + 1);
    Step.Overfull full = counted();
    long more = full.needed() + 1;
    assertNotNull(
        StepChecker.complaint(
            problem, new Step.Overfull(full.because(), full.free(), 1, more, full.fit())));
    assertNotNull(
        StepChecker.complaint(
            problem(MOST),
            new Step.Overfull(full.because(), full.free(), 1, full.needed(), full.fit())));
    assertNotNull(
        StepChecker.complaint(
            problem,
            new Step.Overfull(
                List.of(said("total"), said("fixed"), said("width")),
                full.free(),
                1,
                full.needed(),
                full.fit())));
  }

  @Test
  void whatFitsIsProvenWithinFewSteps() {
    for (long total : new long[] {MOST, MOST - 1, MOST - UNIT, MOST / 2, 0x100 * UNIT}) {
      Outcome.Found found = assertInstanceOf(Outcome.Found.class, solve(total));
      assertTrue(found.proven(), () -> "total 0x%x".formatted(total));
    }
  }
}
