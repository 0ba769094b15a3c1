package org.gfnplan.models.platform;

import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;

/**
 * A scene as a problem, and what a user could change about each statement.
 *
 * @param problem what is asked
 * @param changes for a statement, the changes that would take it back or weaken it
 */
public record Model(Problem problem, Map<Statement, List<Change>> changes) {
  public Model {
    changes = Map.copyOf(changes);
  }

  /** The changes that would take back or weaken a statement; none for what nobody can change. */
  public List<Change> changesOf(Statement statement) {
    return changes.getOrDefault(statement, List.of());
  }
}
