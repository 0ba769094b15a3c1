package org.gfnplan.solver.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * The rules and costs of {@code solver/DESIGN.md}, written once more, over plain arrays: {@code
 * s[i]} and {@code l[i]} are the start and the length of the i-th region. Shares no code with the
 * checker, the engines or {@code Costs}, so that a mistake in one of them shows.
 */
final class Meaning {
  private final Map<Region, Integer> index = new HashMap<>();

  Meaning(Problem problem) {
    for (Region region : problem.regions()) {
      index.put(region, index.size());
    }
  }

  /** The place of a region in the arrays. */
  int of(Region region) {
    return index.get(region);
  }

  /** Whether a rule holds. */
  boolean holds(Rule rule, long[] s, long[] l) {
    if (rule instanceof Rule.Pinned pinned) {
      return s[of(pinned.region())] == pinned.start();
    }
    if (rule instanceof Rule.Within within) {
      int r = of(within.region());
      return framesIn(within.allowed(), s[r], s[r] + l[r]) == l[r];
    }
    if (rule instanceof Rule.Aligned aligned) {
      return s[of(aligned.region())] % aligned.alignment().frames() == 0;
    }
    if (rule instanceof Rule.Sized sized) {
      long length = l[of(sized.region())];
      return sized.min() <= length && length <= sized.max();
    }
    if (rule instanceof Rule.Apart apart) {
      int r = of(apart.region());
      for (Region other : apart.others()) {
        int q = of(other);
        if (shared(s[r], s[r] + l[r], s[q], s[q] + l[q]) > 0) {
          return false;
        }
      }
      return true;
    }
    if (rule instanceof Rule.TotalLength total) {
      long sum = 0;
      for (Region summand : total.summands()) {
        int r = of(summand);
        sum += l[r] - framesIn(total.except(), s[r], s[r] + l[r]);
      }
      return sum == total.frames();
    }
    if (rule instanceof Rule.SameEdge same) {
      return address(same.one(), s, l) == address(same.other(), s, l);
    }
    if (rule instanceof Rule.OnGrid grid) {
      return address(grid.edge(), s, l) % grid.step() == 0;
    }
    if (rule instanceof Rule.Inside inside) {
      int r = of(inside.region());
      int c = of(inside.container());
      return l[r] == 0 || (s[c] <= s[r] && s[r] + l[r] <= s[c] + l[c]);
    }
    Rule.Follows follows = (Rule.Follows) rule;
    return s[of(follows.region())] == due(follows, s, l);
  }

  private long due(Rule.Follows follows, long[] s, long[] l) {
    List<Region> chain = follows.chain();
    long step = follows.alignment().frames();
    for (int i = chain.size() - 1; i >= 0; i--) {
      int c = of(chain.get(i));
      if (l[c] > 0) {
        return roundUp(s[c] + l[c], step);
      }
    }
    return roundUp(s[of(chain.get(chain.size() - 1))], step);
  }

  /** What a layout costs by one preference. */
  long cost(Preference preference, long[] s, long[] l) {
    if (preference instanceof Preference.Near near) {
      return near.wishes().stream()
          .mapToLong(w -> Math.abs(address(w.edge(), s, l) - w.gfn()))
          .sum();
    }
    if (preference instanceof Preference.Unmoved unmoved) {
      return unmoved.wishes().stream().filter(w -> address(w.edge(), s, l) != w.gfn()).count();
    }
    if (preference instanceof Preference.Shortest shortest) {
      return shortest.regions().stream().mapToLong(r -> l[of(r)]).sum();
    }
    Preference.Whole whole = (Preference.Whole) preference;
    return whole.edges().stream().filter(e -> address(e, s, l) % whole.step() != 0).count();
  }

  long address(Edge edge, long[] s, long[] l) {
    int r = of(edge.region());
    return edge.side() == Edge.Side.START ? s[r] : s[r] + l[r];
  }

  /** How many frames of {@code [start, end)} are in the set. */
  static long framesIn(GfnSet set, long start, long end) {
    long frames = 0;
    for (GfnRange range : set.ranges()) {
      frames += shared(start, end, range.start(), range.end());
    }
    return frames;
  }

  private static long shared(long start, long end, long otherStart, long otherEnd) {
    return Math.max(0, Math.min(end, otherEnd) - Math.max(start, otherStart));
  }

  private static long roundUp(long gfn, long step) {
    return (gfn + step - 1) / step * step;
  }
}
