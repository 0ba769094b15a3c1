package org.gfnplan.solver.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;

/** Accepts or rejects a layout by the problem alone. */
public final class LayoutChecker {
  private final Problem problem;
  private final Map<Region, Placement> placed = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  private LayoutChecker(Problem problem) {
    this.problem = problem;
  }

  /**
   * Everything that is wrong with a layout, one line each; none when it is right. Every required
   * statement must hold, and exactly the preferred statements that do not hold must be named as
   * given up.
   */
  public static List<String> complaints(Problem problem, Layout layout) {
    LayoutChecker checker = new LayoutChecker(problem);
    checker.checkPlacements(layout);
    if (checker.complaints.isEmpty()) {
      checker.checkRules(layout);
    }
    return List.copyOf(checker.complaints);
  }

  private void checkPlacements(Layout layout) {
    for (Placement placement : layout.placements()) {
      Region region = placement.region();
      if (placed.put(region, placement) != null) {
        complaints.add("region `%s` is placed twice".formatted(region.name()));
      }
      if (placement.length() < region.length().min()
          || placement.length() > region.length().max()) {
        complaints.add(
            "region `%s` has 0x%x frames, not 0x%x to 0x%x"
                .formatted(
                    region.name(),
                    placement.length(),
                    region.length().min(),
                    region.length().max()));
      }
      if (placement.start() % region.alignment().frames() != 0) {
        complaints.add(
            "region `%s` starts at 0x%x, not a multiple of 0x%x"
                .formatted(region.name(), placement.start(), region.alignment().frames()));
      }
    }
    if (!placed.keySet().equals(new HashSet<>(problem.regions()))) {
      complaints.add("the layout does not place exactly the regions of the problem");
    }
  }

  private void checkRules(Layout layout) {
    Set<Statement> broken = new HashSet<>();
    for (Rule rule : problem.rules()) {
      String why = RuleChecker.complaint(rule, placed);
      if (why != null) {
        broken.add(rule.statement());
        if (rule.statement().strength().isRequired()) {
          complaints.add("%s: %s".formatted(rule.statement().id(), why));
        }
      }
    }
    broken.removeIf(statement -> statement.strength().isRequired());
    if (!broken.equals(new HashSet<>(layout.givenUp()))) {
      complaints.add(
          "%d preferred statements do not hold, but %d are named as given up"
              .formatted(broken.size(), layout.givenUp().size()));
    }
  }
}
