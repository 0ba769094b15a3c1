package org.gfnplan.models.input;

import org.gfnplan.solver.problem.Origin;

/**
 * A reason why an input cannot be read or used.
 *
 * @param origin where it is wrong
 * @param message what is wrong, one line, lower case, without a full stop
 */
public record InputProblem(Origin origin, String message) implements Comparable<InputProblem> {
  public InputProblem {
    message = Finding.oneLine(message);
  }

  /** Orders by origin, then by message. */
  @Override
  public int compareTo(InputProblem other) {
    int byOrigin = origin.compareTo(other.origin);
    return byOrigin != 0 ? byOrigin : message.compareTo(other.message);
  }
}
