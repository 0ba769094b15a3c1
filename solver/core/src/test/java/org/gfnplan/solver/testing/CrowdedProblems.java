package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Problems of a few regions, most of no fixed length, among many that cannot move: gaps decide.
 *
 * <p>{@code K:n:m:seed} has {@code n} fixed regions with gaps of up to 4000 frames, and {@code m}
 * that keep clear of them and have a fixed sum; not of each other, so that all may take one gap.
 */
public final class CrowdedProblems {
  private final String name;
  private final SplitMix64 random;
  private final List<Region> regions = new ArrayList<>();
  private final List<Region> fixed = new ArrayList<>();
  private final List<Region> moving = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Preference> costs = new ArrayList<>();
  private int statements;
  private long end;

  private CrowdedProblems(String name, long seed) {
    this.name = name;
    random = new SplitMix64(seed);
  }

  /** Whether this name is of the family. */
  static boolean knows(String spec) {
    return spec.startsWith("K:");
  }

  /** The problem of a name. */
  static Problem problem(String spec) {
    long[] n = Arrays.stream(spec.split(":")).skip(1).mapToLong(Long::parseLong).toArray();
    if (n.length != 3 || n[0] < 1 || n[1] < 1) {
      throw new IllegalArgumentException("the name must be of a known family: spec=" + spec);
    }
    CrowdedProblems draft = new CrowdedProblems(spec, n[2]);
    draft.end = 1000;
    draft.addFixed(n[0], 4000, 300);
    draft.addStretching(n[1]);
    return draft.finish();
  }

  /** The small problem of a seed: 3 to 40 fixed regions and 1 to 4 others of every kind. */
  public static Problem random(long seed) {
    CrowdedProblems draft = new CrowdedProblems("crowded", seed);
    draft.addFixed(3 + draft.random.below(38), 40, 20);
    for (long i = 1 + draft.random.below(4); i > 0; i--) {
      draft.addAny();
    }
    draft.addSum();
    draft.addWishes();
    return draft.finish();
  }

  private Problem finish() {
    return new Problem(regions, rules, costs);
  }

  private void addFixed(long count, long widestGap, long longest) {
    for (long i = 0; i < count; i++) {
      Statement says = required("taken");
      end += random.below(widestGap + 1);
      long length = 1 + random.below(longest);
      Region region = new Region("taken" + i, "taken", Length.fixed(length), Alignment.NONE, says);
      rules.add(new Rule.Pinned(says, region, end));
      regions.add(region);
      fixed.add(region);
      end += length;
    }
  }

  private void addStretching(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      Statement says = required("moving");
      long least = 500 + random.below(1500);
      sum += least + 800;
      Region region = add(says, new Length(least, least + 2000), 1);
      rules.add(new Rule.Within(says, region, GfnSet.of(new GfnRange(0, end))));
      rules.add(new Rule.Apart(says, region, fixed));
    }
    rules.add(new Rule.TotalLength(required("sum"), moving, GfnSet.empty(), sum));
  }

  private void addAny() {
    Statement says = required("moving");
    long least = random.below(3) == 0 ? 0 : 1 + random.below(30);
    long most = least + (random.below(3) == 0 ? 0 : random.below(40));
    long step = 1L << random.below(4);
    Region region = add(says, new Length(least, Math.max(1, most)), step);
    GfnSet room = GfnSet.of(new GfnRange(0, end + random.below(20)));
    if (random.below(3) == 0) {
      long hurdle = random.below(end);
      room = room.minus(GfnSet.of(new GfnRange(hurdle, hurdle + 1)));
    }
    rules.add(new Rule.Within(says, region, room));
    Statement clear = random.below(4) == 0 ? preferred("clear") : says;
    if (random.below(3) == 0) {
      // The other way round, as models of fixed areas say it.
      fixed.forEach(taken -> rules.add(new Rule.Apart(clear, taken, List.of(region))));
    } else {
      rules.add(new Rule.Apart(clear, region, some(fixed)));
    }
    if (moving.size() > 1) {
      rules.add(new Rule.Apart(says, region, moving.subList(0, moving.size() - 1)));
    }
  }

  /** All of them, or a run of them. */
  private List<Region> some(List<Region> all) {
    if (random.below(2) == 0) {
      return all;
    }
    int from = (int) random.below(all.size());
    return all.subList(from, from + 1 + (int) random.below(all.size() - from));
  }

  private void addSum() {
    if (random.below(2) == 0) {
      long most = moving.stream().mapToLong(r -> r.length().max()).sum();
      GfnSet except = GfnSet.empty();
      if (random.below(3) == 0) {
        long from = random.below(end);
        except = GfnSet.of(new GfnRange(from, from + 1 + random.below(20)));
      }
      rules.add(new Rule.TotalLength(required("sum"), moving, except, random.below(most + 1)));
    }
  }

  private void addWishes() {
    Region one = moving.get((int) random.below(moving.size()));
    if (random.below(2) == 0) {
      costs.add(new Preference.Near(List.of(new Preference.Wish(one.end(), random.below(end)))));
    }
    if (random.below(2) == 0) {
      costs.add(new Preference.Shortest(moving));
    }
    if (random.below(3) == 0) {
      costs.add(new Preference.Whole(List.of(one.start()), 1 + random.below(9)));
    }
  }

  private Region add(Statement says, Length length, long step) {
    String label = "moving" + moving.size();
    Region region = new Region(label, "moving", length, new Alignment(step), says);
    regions.add(region);
    moving.add(region);
    return region;
  }

  private Statement preferred(String text) {
    return says(text, Strength.preferred(1 + random.below(3)));
  }

  private Statement required(String text) {
    return says(text, Strength.REQUIRED);
  }

  private Statement says(String text, Strength strength) {
    int number = ++statements;
    return new Statement("K" + number, text, Origin.line(name, number, text), strength);
  }
}
