package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** Problems made from a problem, whose answers must stand in a known relation to its answer. */
public final class Variants {
  private Variants() {}

  /** The problem without one rule; its statement stays when it has other rules or regions. */
  public static Problem without(Problem problem, Rule rule) {
    List<Rule> rules = new ArrayList<>(problem.rules());
    rules.remove(rule);
    return new Problem(problem.regions(), rules, problem.preferences());
  }

  /** The problem without one preference. */
  public static Problem without(Problem problem, Preference preference) {
    List<Preference> preferences = new ArrayList<>(problem.preferences());
    preferences.remove(preference);
    return new Problem(problem.regions(), problem.rules(), preferences);
  }

  /** The problem without its preferred statements' rules. */
  public static Problem requiredOnly(Problem problem) {
    List<Rule> rules =
        problem.rules().stream().filter(r -> r.statement().strength().isRequired()).toList();
    return new Problem(problem.regions(), rules, problem.preferences());
  }

  /** The same rules in another order, and in each rule the same regions in another order. */
  public static Problem shuffled(Problem problem, long seed) {
    Random random = new Random(seed);
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Apart apart) {
        rules.add(
            new Rule.Apart(apart.statement(), apart.region(), shuffled(apart.others(), random)));
      } else if (rule instanceof Rule.TotalLength total) {
        rules.add(
            new Rule.TotalLength(
                total.statement(),
                shuffled(total.summands(), random),
                total.except(),
                total.frames()));
      } else if (rule instanceof Rule.SameEdge same && random.nextBoolean()) {
        rules.add(
            new Rule.SameEdge(same.statement(), /* one= */ same.other(), /* other= */ same.one()));
      } else {
        rules.add(rule);
      }
    }
    return new Problem(problem.regions(), shuffled(rules, random), problem.preferences());
  }

  /** The frames that every address of a problem may be moved by without breaking a step. */
  public static long commonStep(Problem problem) {
    long step = 1;
    for (Region region : problem.regions()) {
      step = common(step, region.alignment().frames());
    }
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Aligned aligned) {
        step = common(step, aligned.alignment().frames());
      } else if (rule instanceof Rule.OnGrid grid) {
        step = common(step, grid.step());
      } else if (rule instanceof Rule.Follows follows) {
        step = common(step, follows.alignment().frames());
      }
    }
    for (Preference preference : problem.preferences()) {
      if (preference instanceof Preference.Whole whole) {
        step = common(step, whole.step());
      }
    }
    return step;
  }

  /** The least common multiple, by Euclid. */
  private static long common(long one, long other) {
    long a = one;
    long b = other;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return Math.multiplyExact(one / a, other);
  }

  /**
   * The problem with every address moved up by {@code by}, a multiple of {@link #commonStep}. Sets
   * that reach beyond the space are cut.
   */
  public static Problem shifted(Problem problem, long by) {
    List<Rule> rules = problem.rules().stream().map(rule -> shifted(rule, by)).toList();
    List<Preference> costs = problem.preferences().stream().map(p -> shifted(p, by)).toList();
    return new Problem(problem.regions(), rules, costs);
  }

  private static Rule shifted(Rule rule, long by) {
    if (rule instanceof Rule.Pinned pinned) {
      return new Rule.Pinned(pinned.statement(), pinned.region(), pinned.start() + by);
    }
    if (rule instanceof Rule.Within within) {
      return new Rule.Within(within.statement(), within.region(), shifted(within.allowed(), by));
    }
    if (rule instanceof Rule.TotalLength total) {
      return new Rule.TotalLength(
          total.statement(), total.summands(), shifted(total.except(), by), total.frames());
    }
    return rule;
  }

  private static Preference shifted(Preference preference, long by) {
    if (preference instanceof Preference.Near near) {
      return new Preference.Near(shifted(near.wishes(), by));
    }
    return preference instanceof Preference.Unmoved unmoved
        ? new Preference.Unmoved(shifted(unmoved.wishes(), by))
        : preference;
  }

  private static List<Preference.Wish> shifted(List<Preference.Wish> wishes, long by) {
    return wishes.stream().map(w -> new Preference.Wish(w.edge(), w.gfn() + by)).toList();
  }

  private static GfnSet shifted(GfnSet set, long by) {
    List<GfnRange> moved = new ArrayList<>();
    for (GfnRange range : set.ranges()) {
      if (range.start() + by < Gfn.LIMIT) {
        moved.add(new GfnRange(range.start() + by, Math.min(Gfn.LIMIT, range.end() + by)));
      }
    }
    return GfnSet.of(moved);
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> mixed = new ArrayList<>(list);
    Collections.shuffle(mixed, random);
    return mixed;
  }
}
