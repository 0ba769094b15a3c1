package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** A problem as a test writes it down. */
final class Draft {
  static final Statement SAYS = Statement.required("T1", "test", Origin.builtIn("test", "test"));

  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Preference> preferences = new ArrayList<>();

  /** A region that may lie anywhere. */
  Region region(long min, long max, long alignment) {
    String name = "r" + regions.size();
    Region region = new Region(name, "thing", new Length(min, max), new Alignment(alignment), SAYS);
    regions.add(region);
    return region;
  }

  /** A region of one length in one range, clear of all before it. */
  Region packed(long length, long alignment, long from, long until) {
    Region region = region(length, length, alignment);
    within(region, from, until);
    List<Region> others = regions.subList(0, regions.size() - 1);
    if (!others.isEmpty()) {
      rules.add(new Rule.Apart(SAYS, region, others));
    }
    return region;
  }

  Draft within(Region region, long from, long until) {
    rules.add(new Rule.Within(SAYS, region, GfnSet.of(new GfnRange(from, until))));
    return this;
  }

  Draft rule(Rule rule) {
    rules.add(rule);
    return this;
  }

  Draft prefer(Preference preference) {
    preferences.add(preference);
    return this;
  }

  Problem problem() {
    return new Problem(regions, rules, preferences);
  }
}
