package org.gfnplan.cli.render;

import java.util.List;
import org.gfnplan.models.report.Repair;

/** The diff of a repair as lines under its sentence. */
final class DiffLines {
  private static final String INDENT = "      ";

  private DiffLines() {}

  /** The lines; none without a diff. Programs that apply diffs see through the indentation. */
  static List<String> of(Repair repair) {
    String diff = repair.diff();
    return diff == null
        ? List.of()
        : diff.lines().map(line -> (INDENT + line).stripTrailing()).toList();
  }
}
