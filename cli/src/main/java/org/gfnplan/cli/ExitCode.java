package org.gfnplan.cli;

import org.gfnplan.models.report.Verdict;

/** What the process ends with. */
public final class ExitCode {
  /** A layout, or nothing to complain about. */
  public static final int LAYOUT = 0;

  /** A conflict. */
  public static final int CONFLICT = 1;

  /** Input that cannot be used, or wrong usage. */
  public static final int UNUSABLE = 2;

  /** The budget ran out. */
  public static final int UNDECIDED = 3;

  /** A bug in this program. */
  public static final int BUG = 70;

  private ExitCode() {}

  /** The code of a verdict. */
  public static int of(Verdict verdict) {
    return switch (verdict) {
      case LAYOUT -> LAYOUT;
      case CONFLICT -> CONFLICT;
      case UNDECIDED -> UNDECIDED;
    };
  }
}
