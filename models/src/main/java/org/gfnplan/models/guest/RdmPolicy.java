package org.gfnplan.models.guest;

/** What to do when reserved device memory cannot be kept clear of RAM. */
public enum RdmPolicy {
  /** Refuse the guest. */
  STRICT,
  /** Warn, and start the guest without that identity mapping. */
  RELAXED;

  /** The word that configurations use. */
  public String word() {
    return this == STRICT ? "strict" : "relaxed";
  }
}
