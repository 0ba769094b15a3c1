package org.gfnplan.solver.check;

import static org.gfnplan.solver.explain.Guest.said;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.explain.Guest;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.junit.jupiter.api.Test;

/** Each kind of step: right, and wrong by one. */
class StepCheckerTest {
  /** Low memory is [0, 0x800); a fixed range cuts [0x800, 0x900), where blocks want to be. */
  private final Guest guest = new Guest(0x1000, 0x1000).lowSized("hole line", 0x800, 0x800);

  private final Region taken = guest.fixed("taken", 0x850, 0x858);
  private final Region inside = guest.fixed("inside", 0x7ff, 0x801);
  private final Region one = guest.block("one", 0x40, 0x900);
  private final Region two = guest.block("two", 0x40, 0x900);
  private final Region large = guest.block("large", 0x80, 0x900);
  private final Problem problem =
      guest
          .rule(new Rule.Apart(said("two"), taken, List.of(one, two)))
          .rule(new Rule.OnGrid(said("grid"), taken.start(), 3))
          .problem();

  private final List<Statement> low = List.of(said("memory"), said("hole line"));

  private void accepts(Step step) {
    assertNull(StepChecker.complaint(problem, step));
  }

  private void refuses(Step step) {
    assertNotNull(StepChecker.complaint(problem, step));
  }

  @Test
  void forced() {
    accepts(new Step.Forced(low, guest.low, new GfnRange(0, 0x800)));
    accepts(new Step.Forced(low, guest.high, new GfnRange(Guest.FOUR, Guest.FOUR + 0x800)));
    accepts(new Step.Forced(low, guest.low, new GfnRange(0x10, 0x20)));
    refuses(new Step.Forced(low, guest.low, new GfnRange(0, 0x801)));
    refuses(new Step.Forced(List.of(said("memory")), guest.low, new GfnRange(0, 0x800)));
    refuses(new Step.Forced(low, taken, new GfnRange(0x850, 0x858)));
    refuses(new Step.Forced(List.of(), guest.low, new GfnRange(0, 1)));
  }

  @Test
  void clash() {
    List<Statement> because = List.of(said("memory"), said("inside"), said("hole line"));
    accepts(new Step.Clash(because, guest.low, inside, new GfnRange(0x7ff, 0x800)));
    accepts(new Step.Clash(because, inside, guest.low, new GfnRange(0x7ff, 0x800)));
    refuses(new Step.Clash(because, guest.low, inside, new GfnRange(0x7ff, 0x801)));
    refuses(new Step.Clash(because, guest.low, inside, new GfnRange(0x7fe, 0x800)));
    refuses(
        new Step.Clash(
            List.of(said("memory"), said("inside")),
            guest.low,
            inside,
            new GfnRange(0x7ff, 0x800)));
    // Nobody said that these two are apart.
    refuses(
        new Step.Clash(
            List.of(said("taken"), said("inside")), taken, inside, new GfnRange(0x850, 0x851)));
  }

  @Test
  void noGap() {
    List<Statement> because =
        List.of(said("memory"), said("taken"), said("large"), said("hole line"), said("hole"));
    Problem smaller = problem.keeping(because);
    GfnSet free = GfnSet.of(new GfnRange(0x800, 0x850), new GfnRange(0x858, 0x900));
    Step full = new Step.NoGap(because, large, free, 0x80);
    assertNotNull(StepChecker.complaint(smaller, full), "0x80 frames are enough");
    Guest tight = new Guest(0x1000, 0x1000).lowSized("hole line", 0x800, 0x800);
    tight.fixed("taken", 0x8f0, 0x8f8);
    Region block = tight.block("block", 0x100, 0x900);
    List<Statement> all =
        List.of(said("memory"), said("taken"), said("block"), said("hole line"), said("hole"));
    GfnSet left = GfnSet.of(new GfnRange(0x800, 0x8f0), new GfnRange(0x8f8, 0x900));
    assertNull(StepChecker.complaint(tight.problem(), new Step.NoGap(all, block, left, 0xf0)));
    assertNotNull(StepChecker.complaint(tight.problem(), new Step.NoGap(all, block, left, 0xef)));
    assertNotNull(
        StepChecker.complaint(
            tight.problem(),
            new Step.NoGap(all, block, GfnSet.of(new GfnRange(0x801, 0x8f0)), 0xf0)));
  }

  @Test
  void noAddress() {
    List<Statement> because = List.of(said("taken"), said("grid"));
    accepts(new Step.NoAddress(because, taken.start(), 0x852, 0x84f));
    accepts(new Step.NoAddress(because, taken.start(), 0x851, 0x850));
    refuses(new Step.NoAddress(because, taken.start(), 0x853, 0x84f));
    refuses(new Step.NoAddress(because, taken.start(), 0x852, 0x84e));
    refuses(new Step.NoAddress(because, taken.start(), 0x850, 0x850));
    refuses(new Step.NoAddress(List.of(said("taken")), taken.start(), 0x852, 0x84f));
  }

  @Test
  void total() {
    Guest tight =
        new Guest(0x1000, 0x1000)
            .lowSized("hole line", 0, 0x800)
            .rule(new Rule.Sized(said("top"), guest.high, 0, 0x7ff));
    List<Statement> all = List.of(said("memory"), said("hole line"), said("top"));
    List<Region> both = List.of(tight.low, tight.high);
    Problem short1 = tight.problem();
    assertNull(StepChecker.complaint(short1, new Step.Total(all, both, 0x1000, 0, 0xfff)));
    assertNotNull(StepChecker.complaint(short1, new Step.Total(all, both, 0x1000, 0, 0xffe)));
    assertNotNull(StepChecker.complaint(short1, new Step.Total(all, both, 0x1000, 0, 0x1000)));
    assertNotNull(StepChecker.complaint(short1, new Step.Total(all, both, 0x1001, 0, 0xfff)));
    assertNotNull(StepChecker.complaint(short1, new Step.Total(low, both, 0x1000, 0, 0xfff)));
  }

  @Test
  void aRegionLongerThanItself() {
    Guest odd = new Guest(0x1000, 0x1000).lowSized("most", 0, 5).lowSized("least", 6, 9);
    List<Statement> all = List.of(said("memory"), said("most"), said("least"));
    List<Region> itself = List.of(odd.low);
    assertNull(StepChecker.complaint(odd.problem(), new Step.Total(all, itself, 6, 0, 5)));
    assertNotNull(StepChecker.complaint(odd.problem(), new Step.Total(all, itself, 7, 0, 5)));
    assertNotNull(StepChecker.complaint(odd.problem(), new Step.Total(all, itself, 6, 0, 4)));
  }

  @Test
  void overfull() {
    Guest tight = new Guest(0x1000, 0x1000).lowSized("hole line", 0x800, 0x800);
    tight.block("one", 0x40, 0x8b0);
    tight.block("two", 0x40, 0x8b0);
    tight.block("three", 0x40, 0x8b0);
    List<Statement> all =
        List.of(
            said("memory"),
            said("one"),
            said("two"),
            said("three"),
            said("hole line"),
            said("hole"));
    GfnSet free = GfnSet.of(new GfnRange(0x800, 0x8b0));
    Problem full = tight.problem();
    assertNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x40, 3, 2)));
    assertNotNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x40, 4, 2)));
    assertNotNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x40, 3, 1)));
    assertNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x20, 6, 5)));
    assertNotNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x10, 13, 11)));
    assertNotNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0x80, 3, 1)));
    assertNotNull(StepChecker.complaint(full, new Step.Overfull(all, free, 0, 3, 2)));
    assertNotNull(
        StepChecker.complaint(
            full, new Step.Overfull(all, GfnSet.of(new GfnRange(0x801, 0x8b0)), 0x40, 3, 1)));
    assertNotNull(
        StepChecker.complaint(full, new Step.Overfull(all.subList(0, 3), free, 0x40, 3, 2)));
  }

  @Test
  void searched() {
    accepts(new Step.Searched(low, List.of("exact", "choco")));
    refuses(new Step.Searched(low, List.of("exact", "exact")));
    refuses(new Step.Searched(low, List.of("exact")));
  }

  @Test
  void onlySomeKindsAreContradictions() {
    assertTrue(
        StepChecker.isContradiction(new Step.Clash(low, guest.low, inside, new GfnRange(0, 1))));
    assertFalse(StepChecker.isContradiction(new Step.Forced(low, guest.low, new GfnRange(0, 1))));
    assertFalse(StepChecker.isContradiction(new Step.Searched(low, List.of("a", "b"))));
  }
}
