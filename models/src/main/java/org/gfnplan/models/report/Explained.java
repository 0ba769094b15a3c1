package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.answer.Correction;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Knot;
import org.gfnplan.solver.answer.Reason;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A plan that ended in a conflict, and every other conflict and correction there is.
 *
 * @param plan the plan, with one conflict and its repairs
 * @param all the conflicts and corrections; null when only the plan was asked for
 * @param costs what it costs a user to take a statement back, by the table of repairs; statements
 *     that no change takes back are not in it
 */
public record Explained(Plan plan, @Nullable Enumeration all, Map<Statement, Integer> costs) {
  /** More than any change costs: what no user can take back comes last. */
  private static final long UNCHANGEABLE = 1000;

  public Explained {
    costs = Map.copyOf(costs);
  }

  /** What to prefer among conflicts and corrections. */
  public enum Choice {
    /** Fewest statements. */
    SMALLEST,
    /** What costs the user least to take back. */
    CHEAPEST
  }

  /** The sum of what it costs to take back each statement; {@value #UNCHANGEABLE} if it cannot. */
  public long cost(List<Statement> statements) {
    return statements.stream().mapToLong(s -> costs.getOrDefault(s, (int) UNCHANGEABLE)).sum();
  }

  /** Whether a change of the user's takes the statement back. */
  public boolean isChangeable(Statement statement) {
    return costs.containsKey(statement);
  }

  /** With conflicts and corrections of each knot in this order; equal ones stay as they were. */
  public Explained ordered(Choice choice) {
    if (all == null) {
      return this;
    }
    List<Knot> knots = new ArrayList<>();
    for (Knot knot : all.knots()) {
      List<Reason> conflicts = new ArrayList<>(knot.conflicts());
      conflicts.sort(Comparator.comparingLong(r -> rank(choice, r.conflict().statements())));
      List<Correction> corrections = new ArrayList<>(knot.corrections());
      corrections.sort(Comparator.comparingLong(c -> rank(choice, c.statements())));
      knots.add(new Knot(conflicts, corrections));
    }
    knots.sort(
        Comparator.comparingLong(
            knot -> rank(choice, knot.conflicts().get(0).conflict().statements())));
    return new Explained(
        plan,
        new Enumeration(knots, all.allConflicts(), all.allCorrections(), all.stopped()),
        costs);
  }

  /** With the first conflict and, of every knot, the first correction alone. */
  public Explained first() {
    if (all == null) {
      return this;
    }
    List<Knot> knots = new ArrayList<>();
    for (Knot knot : all.knots()) {
      knots.add(
          new Knot(
              knots.isEmpty() ? knot.conflicts().subList(0, 1) : List.of(),
              knot.corrections().subList(0, Math.min(1, knot.corrections().size()))));
    }
    return new Explained(
        plan,
        new Enumeration(knots, all.allConflicts(), all.allCorrections(), all.stopped()),
        costs);
  }

  private long rank(Choice choice, List<Statement> statements) {
    return choice == Choice.SMALLEST ? statements.size() : cost(statements);
  }
}
