package org.gfnplan.models.input;

/** How much a finding matters. */
public enum Severity {
  /** Good to know. */
  NOTE,
  /** Probably not what the user wants. */
  WARNING,
  /** Will fail, though not because of the layout. */
  ERROR;

  /** The word that documents use: {@code note}, {@code warning}, {@code error}. */
  public String word() {
    return switch (this) {
      case NOTE -> "note";
      case WARNING -> "warning";
      case ERROR -> "error";
    };
  }
}
