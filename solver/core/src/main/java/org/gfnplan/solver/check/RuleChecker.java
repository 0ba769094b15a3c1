package org.gfnplan.solver.check;

import java.util.Map;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** The meaning of each rule kind, tested on placed regions by plain arithmetic. */
final class RuleChecker {
  private RuleChecker() {}

  /** What is wrong, in one line, or null when the rule holds. */
  static @Nullable String complaint(Rule rule, Map<Region, Placement> placed) {
    if (rule instanceof Rule.Pinned pinned) {
      long start = of(pinned.region(), placed).start();
      return start == pinned.start()
          ? null
          : "`%s` starts at 0x%x, not 0x%x"
              .formatted(pinned.region().name(), start, pinned.start());
    }
    if (rule instanceof Rule.Within within) {
      Placement place = of(within.region(), placed);
      return place.isEmpty() || covers(within.allowed(), place)
          ? null
          : "`%s` leaves the frames it may lie in".formatted(within.region().name());
    }
    if (rule instanceof Rule.Aligned aligned) {
      long start = of(aligned.region(), placed).start();
      return start % aligned.alignment().frames() == 0
          ? null
          : "`%s` starts at 0x%x, not a multiple of 0x%x"
              .formatted(aligned.region().name(), start, aligned.alignment().frames());
    }
    if (rule instanceof Rule.Sized sized) {
      long length = of(sized.region(), placed).length();
      return sized.min() <= length && length <= sized.max()
          ? null
          : "`%s` has 0x%x frames, not 0x%x to 0x%x"
              .formatted(sized.region().name(), length, sized.min(), sized.max());
    }
    if (rule instanceof Rule.Apart apart) {
      return apart(apart, placed);
    }
    if (rule instanceof Rule.TotalLength total) {
      return total(total, placed);
    }
    if (rule instanceof Rule.SameEdge same) {
      long one = address(same.one(), placed);
      long other = address(same.other(), placed);
      return one == other ? null : "0x%x and 0x%x are not the same edge".formatted(one, other);
    }
    if (rule instanceof Rule.OnGrid grid) {
      long at = address(grid.edge(), placed);
      return at % grid.step() == 0
          ? null
          : "0x%x is not a multiple of 0x%x".formatted(at, grid.step());
    }
    if (rule instanceof Rule.Inside inside) {
      return inside(inside, placed);
    }
    return follows((Rule.Follows) rule, placed);
  }

  private static @Nullable String inside(Rule.Inside rule, Map<Region, Placement> placed) {
    Placement inner = of(rule.region(), placed);
    Placement outer = of(rule.container(), placed);
    return inner.isEmpty() || (outer.start() <= inner.start() && inner.end() <= outer.end())
        ? null
        : "`%s` at 0x%x to 0x%x is not inside of `%s` at 0x%x to 0x%x"
            .formatted(
                rule.region().name(),
                inner.start(),
                inner.end(),
                rule.container().name(),
                outer.start(),
                outer.end());
  }

  private static @Nullable String apart(Rule.Apart apart, Map<Region, Placement> placed) {
    Placement one = of(apart.region(), placed);
    for (Region region : apart.others()) {
      Placement other = of(region, placed);
      if (one.start() < other.end()
          && other.start() < one.end()
          && !one.isEmpty()
          && !other.isEmpty()) {
        return "`%s` and `%s` share frames".formatted(apart.region().name(), region.name());
      }
    }
    return null;
  }

  private static @Nullable String total(Rule.TotalLength total, Map<Region, Placement> placed) {
    long sum = 0;
    for (Region region : total.summands()) {
      Placement place = of(region, placed);
      sum += place.length();
      for (GfnRange hole : total.except().ranges()) {
        long shared = Math.min(hole.end(), place.end()) - Math.max(hole.start(), place.start());
        sum -= Math.max(0, shared);
      }
    }
    return sum == total.frames()
        ? null
        : "the total is 0x%x frames, not 0x%x".formatted(sum, total.frames());
  }

  private static @Nullable String follows(Rule.Follows rule, Map<Region, Placement> placed) {
    long end = of(rule.chain().get(rule.chain().size() - 1), placed).start();
    for (Region region : rule.chain()) {
      Placement place = of(region, placed);
      if (!place.isEmpty()) {
        end = place.end();
      }
    }
    long step = rule.alignment().frames();
    long due = (end + step - 1) / step * step;
    long start = of(rule.region(), placed).start();
    return start == due
        ? null
        : "`%s` starts at 0x%x, not 0x%x".formatted(rule.region().name(), start, due);
  }

  private static boolean covers(GfnSet allowed, Placement place) {
    for (GfnRange range : allowed.ranges()) {
      if (range.start() <= place.start() && place.end() <= range.end()) {
        return true;
      }
    }
    return false;
  }

  private static long address(Edge edge, Map<Region, Placement> placed) {
    Placement place = of(edge.region(), placed);
    return edge.side() == Edge.Side.START ? place.start() : place.start() + place.length();
  }

  private static Placement of(Region region, Map<Region, Placement> placed) {
    Placement placement = placed.get(region);
    if (placement == null) {
      throw new IllegalArgumentException("the region must be placed: " + region.name());
    }
    return placement;
  }
}
