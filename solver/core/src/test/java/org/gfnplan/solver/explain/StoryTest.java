package org.gfnplan.solver.explain;

import static org.gfnplan.solver.explain.Guest.FOUR;
import static org.gfnplan.solver.explain.Guest.MIB;
import static org.gfnplan.solver.explain.Guest.said;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.junit.jupiter.api.Test;

/** What the conflicts of real guests come to, step by step. */
class StoryTest {
  private static final long GIB = 1024 * MIB;
  private static final long LOW_MOST = 3840 * MIB;

  private static Conflict conflict(Problem problem) {
    Solver solver = new Solver(new ExactEngine(), new ExhaustiveBackend());
    return (Conflict) solver.answer(problem, Budget.DEFAULT).answer();
  }

  private static List<Statement> all(String... ids) {
    return List.of(ids).stream().map(Guest::said).toList();
  }

  @Test
  void memoryUpToTheHoleIsForcedOntoAFixedRange() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 2800 * MIB, 2800 * MIB);
    guest.fixed("far", FOUR + 8 * GIB, FOUR + 9 * GIB);
    Region igd = guest.fixed("igd", 0xac6d3, 0xac6e7);
    Conflict conflict = conflict(guest.problem());
    assertEquals(all("memory", "igd", "mmio_hole"), conflict.statements());
    assertEquals(
        List.of(
            new Step.Forced(all("memory", "mmio_hole"), guest.low, new GfnRange(0, 2800 * MIB)),
            new Step.Clash(
                all("memory", "igd", "mmio_hole"), guest.low, igd, new GfnRange(0xac6d3, 0xac6e7))),
        conflict.steps());
  }

  @Test
  void theLeastLowMemoryIsForcedOntoAFixedRangeBelowIt() {
    Guest guest = new Guest(GIB, LOW_MOST).lowSized("limit", 0x10000, LOW_MOST);
    Region usb = guest.fixed("usb", 0xed, 0xf0);
    Conflict conflict = conflict(guest.problem());
    assertEquals(
        List.of(
            new Step.Forced(all("memory", "limit"), guest.low, new GfnRange(0, 0x10000)),
            new Step.Clash(
                all("memory", "usb", "limit"), guest.low, usb, new GfnRange(0xed, 0xf0))),
        conflict.steps());
  }

  @Test
  void memoryThatDoesNotFitBelowIsForcedOntoAFixedRangeAbove() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 0, 2 * GIB);
    Region window = guest.fixed("window", FOUR + GIB, FOUR + 2 * GIB);
    Conflict conflict = conflict(guest.problem());
    assertEquals(
        List.of(
            new Step.Forced(
                all("memory", "mmio_hole"), guest.high, new GfnRange(FOUR, FOUR + 2 * GIB)),
            new Step.Clash(
                all("memory", "window", "mmio_hole"),
                guest.high,
                window,
                new GfnRange(FOUR + GIB, FOUR + 2 * GIB))),
        conflict.steps());
  }

  @Test
  void fixedRangesBelowAndAboveLeaveTooLittleMemory() {
    Guest guest = new Guest(4 * GIB, LOW_MOST);
    guest.fixed("below", GIB, GIB + 16);
    guest.fixed("above", FOUR + 2 * GIB, FOUR + 3 * GIB);
    assertEquals(
        List.of(
            new Step.Total(
                all("memory", "below", "above"),
                List.of(guest.low, guest.high),
                4 * GIB,
                256 * MIB,
                3 * GIB)),
        conflict(guest.problem()).steps());
  }

  @Test
  void aHoleInTheCountIsSteppedOver() {
    Statement memory = said("memory");
    GfnSet vga = GfnSet.of(new GfnRange(0xa0, 0x100));
    Region low = new Region("low", "ram", new Length(0, FOUR), Alignment.NONE, memory);
    Region stolen = new Region("stolen", "x", Length.fixed(0x10), Alignment.NONE, said("stolen"));
    Problem problem =
        new Problem(
            List.of(low, stolen),
            List.of(
                new Rule.Pinned(memory, low, 0),
                new Rule.TotalLength(memory, List.of(low), vga, 0x10000),
                new Rule.Pinned(said("stolen"), stolen, 0x1005f),
                new Rule.Apart(said("stolen"), stolen, List.of(low))),
            List.of());
    assertEquals(
        List.of(
            new Step.Clash(all("memory", "stolen"), low, stolen, new GfnRange(0x1005f, 0x10060))),
        conflict(problem).steps());
  }

  @Test
  void twoFixedRangesThatOverlapClash() {
    Guest guest = new Guest(GIB, LOW_MOST);
    Region one = guest.fixed("one", 0xf0000, 0xf0010);
    Region two = guest.fixed("two", 0xf000c, 0xf0020);
    guest.rule(new Rule.Apart(said("two"), two, List.of(one)));
    assertEquals(
        List.of(new Step.Clash(all("one", "two"), one, two, new GfnRange(0xf000c, 0xf0010))),
        conflict(guest.problem()).steps());
  }

  @Test
  void aRegionThatFollowsMemoryIsForcedOntoAFixedRange() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 2560 * MIB, 2560 * MIB);
    Region pmem =
        guest.add(
            new Region("pmem", "pmem", Length.fixed(2 * GIB), new Alignment(GIB), said("pmem")));
    guest.rule(
        new Rule.Follows(said("device-memory"), pmem, List.of(guest.high), new Alignment(GIB)));
    Region ht = guest.fixed("ht", FOUR + 3 * GIB, FOUR + 3 * GIB + 16);
    guest.rule(new Rule.Apart(said("pmem"), pmem, List.of(ht)));
    List<Statement> members = all("memory", "pmem", "ht", "mmio_hole", "device-memory");
    assertEquals(
        List.of(
            new Step.Forced(
                all("memory", "pmem", "mmio_hole", "device-memory"),
                pmem,
                new GfnRange(FOUR + 2 * GIB, FOUR + 4 * GIB)),
            new Step.Clash(members, pmem, ht, new GfnRange(FOUR + 3 * GIB, FOUR + 3 * GIB + 16))),
        conflict(guest.problem()).steps());
  }

  @Test
  void twoPartiesThatMeanDifferentEndsHaveNoAddress() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 2 * GIB, 2 * GIB);
    Region theirs =
        guest.add(new Region("theirs", "ram", new Length(0, FOUR), Alignment.NONE, said("theirs")));
    guest.rule(new Rule.Pinned(said("theirs"), theirs, 0));
    guest.rule(new Rule.Sized(said("max-ram-below-4g"), theirs, 3 * GIB, 3 * GIB));
    guest.rule(
        new Rule.SameEdge(
            said("agree"), new Edge(guest.low, Edge.Side.END), new Edge(theirs, Edge.Side.END)));
    List<Statement> members = all("memory", "theirs", "mmio_hole", "max-ram-below-4g", "agree");
    assertEquals(
        List.of(new Step.NoAddress(members, guest.low.end(), 3 * GIB, 2 * GIB)),
        conflict(guest.problem()).steps());
  }

  @Test
  void aBlockWithoutAnAlignedGapSaysHowLargeTheLargestIs() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 3584 * MIB, 3584 * MIB);
    guest.fixed("igd", 0xe4321, 0xe4400);
    Region gpu = guest.block("gpu", 256 * MIB, 0xfc000);
    assertEquals(
        List.of(
            new Step.Forced(all("memory", "mmio_hole"), guest.low, new GfnRange(0, 3584 * MIB)),
            new Step.NoGap(
                all("memory", "igd", "gpu", "mmio_hole", "hole"),
                gpu,
                GfnSet.of(new GfnRange(0xe0000, 0xe4321), new GfnRange(0xe4400, 0xfc000)),
                192 * MIB)),
        conflict(guest.problem()).steps());
  }

  @Test
  void moreBlocksThanSlotsAreCountedOnce() {
    Guest guest = new Guest(4 * GIB, LOW_MOST).lowSized("mmio_hole", 0xe0000, 0xe0000);
    for (int i = 0; i < 5; i++) {
      guest.fixed("rmrr" + i, 0xe0000 + 1024 * i + 77, 0xe0000 + 1024 * i + 78);
    }
    for (int i = 0; i < 4; i++) {
      guest.block("bar" + i, 1024, 0xe2000);
    }
    Conflict conflict = conflict(guest.problem());
    assertEquals(12, conflict.statements().size());
    Step.Overfull last = (Step.Overfull) conflict.steps().get(conflict.steps().size() - 1);
    assertEquals(1024, last.block());
    assertEquals(4, last.needed());
    assertEquals(3, last.fit());
  }
}
