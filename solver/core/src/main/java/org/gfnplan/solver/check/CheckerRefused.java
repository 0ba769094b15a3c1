package org.gfnplan.solver.check;

import java.util.List;

/** A checker said no to an answer of this program: a bug in the program, never an answer. */
public final class CheckerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> complaints;

  /** The answer of {@code engine} was refused for these reasons, one line each, at least one. */
  public CheckerRefused(String engine, List<String> complaints) {
    super(
        "the answer must pass its checker: engine=%s complaints=%s".formatted(engine, complaints));
    this.complaints = List.copyOf(complaints);
  }

  /** What is wrong with the answer, one line each. */
  public List<String> complaints() {
    return complaints;
  }
}
