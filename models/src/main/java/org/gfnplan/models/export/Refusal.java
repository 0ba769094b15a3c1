package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;

/** Words for what a format cannot take. */
final class Refusal {
  private Refusal() {}

  /** What {@code origin} states cannot be exported. */
  static UnusableInput of(Origin origin, String message) {
    return new UnusableInput(List.of(new InputProblem(origin, message)));
  }

  /** A text on one line, for comments: what it says must not become more than a comment. */
  static String comment(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
  }
}
