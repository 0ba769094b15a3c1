package org.gfnplan.solver.answer;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gfnplan.solver.problem.Statement;

/**
 * A minimal set of statements that cannot all hold: no layout respects them all, and without any
 * one of them there is one. It is an answer, not an error.
 *
 * @param statements the members, in the order of the problem
 * @param steps deductions that lead from the members to the contradiction
 * @param witnesses for each member a layout of the other members alone
 */
public record Conflict(
    List<Statement> statements, List<Step> steps, Map<Statement, Layout> witnesses)
    implements Answer {
  public Conflict {
    statements = List.copyOf(statements);
    steps = List.copyOf(steps);
    witnesses = Map.copyOf(witnesses);
  }

  @Override
  public <T> T fold(
      Function<Layout, T> found, Function<Conflict, T> none, Function<Undecided, T> unknown) {
    return none.apply(this);
  }
}
