package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * The starts and lengths that a layout of a tiny problem may give to each region.
 *
 * <p>A problem is tiny when required rules ({@code Within}, {@code Pinned}) confine every region to
 * few frames while it is not empty.
 */
final class TinyDomains {
  /*
   * An empty region may lie anywhere, so its starts need a bound. Let B be the largest address
   * that the problem speaks of, M the least common multiple of every step in it and A the sum of
   * the alignments of its Follows rules. Empty regions that hang together by SameEdge and Follows
   * lie within A of each other. When all of them are above B + M they can move down by M together:
   * no rule breaks, no cost grows, and the tie-break gets better. So starts up to B + M + A are
   * enough. Inside ties no empty region: one lies anywhere, and nothing lies inside of one.
   */
  private static final int MOST_PLACES = 20_000;

  private final Problem problem;
  private final Meaning meaning;
  private long largest;
  private long step = 1;
  private long slack;

  private TinyDomains(Problem problem) {
    this.problem = problem;
    this.meaning = new Meaning(problem);
  }

  /** For each region its places {start, length}, lowest start first, then shortest. */
  static List<List<long[]>> of(Problem problem) {
    TinyDomains domains = new TinyDomains(problem);
    problem.regions().forEach(region -> domains.addStep(region.alignment().frames()));
    problem.rules().forEach(domains::addRule);
    problem.preferences().forEach(domains::addPreference);
    return problem.regions().stream().map(domains::places).toList();
  }

  private List<long[]> places(Region region) {
    List<Rule> unary =
        problem.rules().stream()
            .filter(r -> r.statement().strength().isRequired() && r.regions().size() == 1)
            .filter(r -> r.regions().get(0).equals(region) && !(r instanceof Rule.TotalLength))
            .toList();
    GfnSet confined = GfnSet.all();
    long last = Math.min(Gfn.LIMIT, largest + step + slack);
    long first = 0;
    for (Rule rule : unary) {
      if (rule instanceof Rule.Within within) {
        confined = confined.intersection(within.allowed());
      }
      if (rule instanceof Rule.Pinned pinned) {
        first = Math.max(first, pinned.start());
        last = Math.min(last, pinned.start());
      }
    }
    if (region.length().min() > 0 && !confined.isEmpty()) {
      first = Math.max(first, confined.ranges().get(0).start());
      last = Math.min(last, confined.ranges().get(confined.ranges().size() - 1).end());
    }
    List<long[]> found = new ArrayList<>();
    int r = meaning.of(region);
    long[] s = new long[problem.regions().size()];
    long[] l = new long[problem.regions().size()];
    long work = 0;
    for (long start = first; start <= last; start++) {
      long most = Math.min(region.length().max(), room(confined, start));
      for (long length = region.length().min(); length <= most; length++) {
        s[r] = start;
        l[r] = length;
        if (start % region.alignment().frames() == 0
            && unary.stream().allMatch(rule -> meaning.holds(rule, s, l))) {
          found.add(new long[] {start, length});
        }
        work++;
        requireTiny(region, work);
      }
      work++;
      requireTiny(region, work);
    }
    return found;
  }

  /** How many frames from {@code start} on are in the set together. */
  private static long room(GfnSet set, long start) {
    for (GfnRange range : set.ranges()) {
      if (range.contains(start)) {
        return range.end() - start;
      }
    }
    return 0;
  }

  private static void requireTiny(Region region, long work) {
    if (work > MOST_PLACES) {
      throw new ExhaustiveSearch.NotTinyException(
          "region `%s` has more than %d places".formatted(region.name(), MOST_PLACES));
    }
  }

  private void addRule(Rule rule) {
    if (rule instanceof Rule.Pinned pinned) {
      addAddress(pinned.start());
      addAddress(Math.min(Gfn.LIMIT, pinned.start() + pinned.region().length().max()));
    } else if (rule instanceof Rule.Within within) {
      // Nothing lies in a set that allows everything because of that set.
      if (!within.allowed().equals(GfnSet.all())) {
        within.allowed().ranges().forEach(range -> addAddress(range.end()));
      }
    } else if (rule instanceof Rule.Aligned aligned) {
      addStep(aligned.alignment().frames());
    } else if (rule instanceof Rule.OnGrid grid) {
      addStep(grid.step());
    } else if (rule instanceof Rule.Follows follows) {
      addStep(follows.alignment().frames());
      slack += follows.alignment().frames();
    }
  }

  private void addPreference(Preference preference) {
    if (preference instanceof Preference.Near near) {
      near.wishes().forEach(wish -> addAddress(wish.gfn()));
    } else if (preference instanceof Preference.Unmoved unmoved) {
      unmoved.wishes().forEach(wish -> addAddress(wish.gfn()));
    } else if (preference instanceof Preference.Whole whole) {
      addStep(whole.step());
    }
  }

  private void addAddress(long gfn) {
    largest = Math.max(largest, gfn);
  }

  private void addStep(long frames) {
    long a = step;
    long b = frames;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    step = Math.min(Gfn.LIMIT, Math.multiplyExact(step / a, frames));
  }
}
