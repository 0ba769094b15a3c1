package org.gfnplan.solver.ortools;

import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Goal;

/**
 * A problem as a CP-SAT model.
 *
 * @param model the rules
 * @param shapes one for each region, in order
 * @param stages the costs to make small, one after another; none when any layout will do
 * @param hasGaps whether there are gaps to be filled with odd sizes
 */
record Encoding(Model model, List<Shape> shapes, List<Stage> stages, boolean hasGaps) {
  /**
   * Writes a model for rooms that are not impossible.
   *
   * @param countGaps whether the model is to say which gap each region lies in
   */
  static Encoding of(Problem problem, Rooms rooms, Goal goal, boolean countGaps) {
    Model model = new Model();
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      shapes.add(new Shape(model, rooms.of(i), i));
    }
    ApartRules apart = new ApartRules(model, rooms, shapes);
    LevelCounting counting = new LevelCounting(model, rooms, shapes);
    GapCounting gaps = new GapCounting(model, rooms, shapes);
    boolean hasGaps = false;
    for (BitSet clique : apart.addRequired()) {
      counting.add(clique);
      if (gaps.isUseful(clique)) {
        hasGaps = true;
        if (countGaps) {
          gaps.add(clique);
        }
      }
    }
    RuleWriter rules = new RuleWriter(model, rooms, shapes, apart);
    Map<Statement, Literal> holds = new LinkedHashMap<>();
    for (Rule rule : problem.rules()) {
      Statement statement = rule.statement();
      if (statement.strength().isRequired()) {
        rules.addRequired(rule);
      } else if (goal != Goal.ANY) {
        Literal literal = holds.computeIfAbsent(statement, s -> model.literal("h"));
        rules.add(rule, List.of(literal));
      }
    }
    if (goal == Goal.ANY) {
      return new Encoding(model, shapes, List.of(), hasGaps);
    }
    CostWriter costs = new CostWriter(model, rooms, shapes, rules);
    return new Encoding(model, shapes, costs.write(problem.preferences(), holds), hasGaps);
  }
}
