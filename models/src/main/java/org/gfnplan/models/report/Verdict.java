package org.gfnplan.models.report;

/** How a plan ended. */
public enum Verdict {
  /** A checked layout. */
  LAYOUT,
  /** An explained conflict. */
  CONFLICT,
  /** Nobody knows. */
  UNDECIDED;

  /** The word that documents use. */
  public String word() {
    return switch (this) {
      case LAYOUT -> "layout";
      case CONFLICT -> "conflict";
      case UNDECIDED -> "undecided";
    };
  }
}
