package org.gfnplan.solver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.gfnplan.solver.testing.Law;
import org.junit.jupiter.api.Test;

/** Problems, shrunk, about which the exact engine was wrong once. */
class ExactRegressionTest {
  private static final Statement SAYS =
      Statement.required("T", "test", Origin.builtIn("test", "test"));

  /** Follows was taken for a rule that a shorter region cannot break: a wrong "no". */
  @Test
  void whatFollowsARegionMayNeedTheEndThatATotalLeavesLoose() {
    Region low = region("low", new Length(4, 8), 1);
    Region high = region("high", new Length(0, 16), 1);
    Region item = region("item", Length.fixed(2), 2);
    requireRight(
        new Problem(
            List.of(low, high, item),
            List.of(
                new Rule.Pinned(SAYS, low, 0),
                new Rule.Pinned(SAYS, high, 9),
                new Rule.TotalLength(SAYS, List.of(low, high), GfnSet.of(new GfnRange(12, 14)), 10),
                new Rule.Within(SAYS, item, GfnSet.of(new GfnRange(9, 12), new GfnRange(14, 16))),
                new Rule.Follows(SAYS, item, List.of(low, high), new Alignment(2))),
            List.of()));
  }

  /** All places in a free block were skipped at once: a layout that is not canonical. */
  @Test
  void theLowestPlaceMayLieInABlockThatAnotherZoneCuts() {
    Region first = region("first", Length.fixed(2), 2);
    Region second = region("second", Length.fixed(4), 4);
    requireRight(
        new Problem(
            List.of(first, second),
            List.of(
                new Rule.Within(SAYS, first, GfnSet.of(new GfnRange(0, 20))),
                new Rule.Within(SAYS, second, GfnSet.of(new GfnRange(0, 7))),
                new Rule.Apart(SAYS, second, List.of(first))),
            List.of()));
  }

  private static void requireRight(Problem problem) {
    assertEquals(
        List.of(),
        Law.AGREES_WITH_THE_ORACLE.complaints(new ExactEngine(), problem, Budget.DEFAULT));
  }

  private static Region region(String name, Length length, long alignment) {
    return new Region(name, "thing", length, new Alignment(alignment), SAYS);
  }
}
