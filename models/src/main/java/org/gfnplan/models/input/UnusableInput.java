package org.gfnplan.models.input;

import java.util.List;
import java.util.stream.Collectors;

/** Inputs cannot be read or used; carries every reason that was found, not only the first. */
public final class UnusableInput extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<InputProblem> problems;

  /** At least one reason; they are sorted by origin and told apart. */
  public UnusableInput(List<InputProblem> problems) {
    super(
        problems.stream()
            .sorted()
            .distinct()
            .map(problem -> problem.origin().shortForm() + ": " + problem.message())
            .collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an unusable input must have a problem: count=0");
    }
    this.problems = problems.stream().sorted().distinct().toList();
  }

  /** The reasons, in order of origin. */
  public List<InputProblem> problems() {
    return problems;
  }
}
