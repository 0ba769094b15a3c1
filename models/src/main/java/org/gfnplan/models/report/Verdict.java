package org.gfnplan.models.report;

import org.gfnplan.solver.answer.Answer;

/** How a plan ended. */
public enum Verdict {
  /** A checked layout. */
  LAYOUT,
  /** An explained conflict. */
  CONFLICT,
  /** Nobody knows. */
  UNDECIDED;

  /** How an answer ends. */
  public static Verdict of(Answer answer) {
    return answer.fold(layout -> LAYOUT, conflict -> CONFLICT, undecided -> UNDECIDED);
  }

  /** The word that documents use. */
  public String word() {
    return switch (this) {
      case LAYOUT -> "layout";
      case CONFLICT -> "conflict";
      case UNDECIDED -> "undecided";
    };
  }
}
