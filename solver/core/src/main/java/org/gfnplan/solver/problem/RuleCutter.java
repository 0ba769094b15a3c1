package org.gfnplan.solver.problem;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes regions that are no longer there out of rules and preferences. */
final class RuleCutter {
  private RuleCutter() {}

  /** The rule over the regions in {@code there}, or null when it says nothing any more. */
  static @Nullable Rule cut(Rule rule, Set<Region> there) {
    if (rule instanceof Rule.Apart apart) {
      List<Region> others = left(apart.others(), there);
      return !there.contains(apart.region()) || others.isEmpty()
          ? null
          : new Rule.Apart(apart.statement(), apart.region(), others);
    }
    // Any other rule without one of its regions could forbid what it allowed before.
    return there.containsAll(rule.regions()) ? rule : null;
  }

  /** The cost over the regions in {@code there}; its place in the list of costs stays. */
  static Preference cut(Preference preference, Set<Region> there) {
    if (preference instanceof Preference.Near near) {
      return new Preference.Near(leftWishes(near.wishes(), there));
    }
    if (preference instanceof Preference.Unmoved unmoved) {
      return new Preference.Unmoved(leftWishes(unmoved.wishes(), there));
    }
    if (preference instanceof Preference.Shortest lengths) {
      return new Preference.Shortest(left(lengths.regions(), there));
    }
    Preference.Whole whole = (Preference.Whole) preference;
    return new Preference.Whole(
        whole.edges().stream().filter(edge -> there.contains(edge.region())).toList(),
        whole.step());
  }

  private static List<Region> left(List<Region> regions, Set<Region> there) {
    return regions.stream().filter(there::contains).toList();
  }

  private static List<Preference.Wish> leftWishes(List<Preference.Wish> wishes, Set<Region> there) {
    return wishes.stream().filter(wish -> there.contains(wish.edge().region())).toList();
  }
}
