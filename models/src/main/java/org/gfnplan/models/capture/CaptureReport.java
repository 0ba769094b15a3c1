package org.gfnplan.models.capture;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.PlanDocument;

/**
 * Captured files against the plan of their guest.
 *
 * @param plan the plan
 * @param files each file, in order
 */
public record CaptureReport(PlanDocument plan, List<Checked> files) {
  public CaptureReport {
    files = List.copyOf(files);
  }

  /**
   * A file and what is wrong with it.
   *
   * @param captured the file
   * @param differences what is not as planned
   * @param inconsistencies what it contradicts in itself
   */
  public record Checked(
      Captured captured, List<Difference> differences, List<String> inconsistencies) {
    public Checked {
      differences = List.copyOf(differences);
      inconsistencies = List.copyOf(inconsistencies);
    }

    /** Whether all is as planned, and consistent. */
    public boolean isFine() {
      return differences.isEmpty() && inconsistencies.isEmpty();
    }
  }

  /**
   * Compares each file with the plan.
   *
   * @throws UnusableInput with every file that has nothing to compare
   */
  public static CaptureReport of(PlanDocument plan, List<Captured> captured) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    List<Checked> files = new ArrayList<>();
    for (Captured one : captured) {
      try {
        files.add(new Checked(one, one.differences(plan), one.inconsistencies()));
      } catch (UnusableInput unusable) {
        problems.addAll(unusable.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    return new CaptureReport(plan, files);
  }

  /** Whether every file is as planned, and consistent. */
  public boolean isFine() {
    return files.stream().allMatch(Checked::isFine);
  }
}
