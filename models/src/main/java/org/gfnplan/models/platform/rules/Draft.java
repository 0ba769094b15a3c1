package org.gfnplan.models.platform.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Model;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;

/** A model that is being written: each party adds its regions, rules and changes. */
public final class Draft {
  private final List<Region> regions = new ArrayList<>();
  private final Set<Rule> rules = new LinkedHashSet<>();
  private final Map<Statement, List<Change>> changes = new LinkedHashMap<>();

  /** Adds a region that may start anywhere. */
  public Region region(String name, String kind, Length length, Statement statement) {
    return region(name, kind, length, Alignment.NONE, statement);
  }

  /** Adds a region. */
  public Region region(
      String name, String kind, Length length, Alignment alignment, Statement statement) {
    Region region = new Region(name, kind, length, alignment, statement);
    regions.add(region);
    return region;
  }

  /** Adds a rule, once. */
  public void rule(Rule rule) {
    rules.add(rule);
  }

  /** States what a user could change about a statement. */
  public void change(Statement statement, List<Change> ways) {
    changes.put(statement, ways);
  }

  /** The regions so far. */
  public List<Region> regions() {
    return List.copyOf(regions);
  }

  /** The model, with these preferences. */
  public Model model(List<Preference> preferences) {
    return new Model(new Problem(regions, List.copyOf(rules), preferences), changes);
  }
}
