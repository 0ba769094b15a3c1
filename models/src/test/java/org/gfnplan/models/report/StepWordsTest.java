package org.gfnplan.models.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.junit.jupiter.api.Test;

class StepWordsTest {
  private static final Statement SAID =
      Statement.required("Q1", "both mean the same end", Origin.builtIn("test", "same end"));

  @Test
  void anEdgeWithoutAnAddressNamesBothLimits() {
    Region low = new Region("low RAM", "ram", new Length(0, 1024), Alignment.NONE, SAID);
    Step step = new Step.NoAddress(List.of(SAID), low.end(), 0xc0000, 0x80000);
    assertEquals("no-address", StepWords.kind(step));
    assertEquals(
        "the end of low RAM can be no lower than 0xc0000000 and no higher than 0x80000000: short by"
            + " 1 GiB",
        StepWords.sentence(step));
  }

  @Test
  void aGapThatIsTooSmallIsToldFromOneThatIsCutUp() {
    Region bar = new Region("BAR 0", "bar", Length.fixed(32768), Alignment.NONE, SAID);
    GfnSet cut = GfnSet.of(new GfnRange(0, 16384), new GfnRange(20480, 40960));
    assertEquals(
        "BAR 0 needs 128 MiB in one piece, and of 144 MiB free the largest aligned gap has 64 MiB:"
            + " enough in all, but too fragmented by 64 MiB",
        StepWords.sentence(new Step.NoGap(List.of(SAID), bar, cut, 16384)));
    GfnSet small = GfnSet.of(new GfnRange(0, 16384));
    assertEquals(
        "BAR 0 needs 128 MiB in one piece, and of 64 MiB free the largest aligned gap has 64 MiB:"
            + " short by 64 MiB",
        StepWords.sentence(new Step.NoGap(List.of(SAID), bar, small, 16384)));
  }

  @Test
  void frameCountsAreToldAsSizes() {
    Step step = new Step.Overfull(List.of(SAID), GfnSet.of(new GfnRange(0, 256)), 1, 512, 256);
    assertEquals(
        "2 MiB in all are needed and 1 MiB are there: short by 1 MiB", StepWords.sentence(step));
  }
}
