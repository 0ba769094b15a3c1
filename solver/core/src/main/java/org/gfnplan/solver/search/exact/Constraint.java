package org.gfnplan.solver.search.exact;

/** A rule over numbered regions: it narrows bounds, and judges a finished layout. */
abstract class Constraint {
  /** The index of the statement it hangs from. */
  final int statement;

  /** What it speaks of, each once. */
  final int[] regions;

  private final boolean required;

  Constraint(int statement, boolean required, int... regions) {
    this.statement = statement;
    this.required = required;
    this.regions = regions;
  }

  /** Whether its statement must hold. */
  boolean isRequired() {
    return required;
  }

  /** Narrows bounds without losing a solution; false when there is none. */
  abstract boolean narrow(Store store);

  /** The same, when of all it speaks of only the bounds of {@code woken} may be news to it. */
  boolean narrow(Store store, int woken) {
    return narrow(store);
  }

  /** How many regions {@link #narrow(Store, int)} looks at. */
  int looks(int woken) {
    return regions.length;
  }

  /** Whether it holds for these starts and lengths, indexed by region. */
  abstract boolean holds(long[] start, long[] length);
}
