package org.gfnplan.solver.search.exact;

import java.util.List;

/** Regions that no rule ties to the rest, so that they can be placed by themselves. */
final class Part {
  private final int[] members;
  private final List<Constraint> constraints;
  private final List<Term> terms;

  Part(int[] members, List<Constraint> constraints, List<Term> terms) {
    this.members = members;
    this.constraints = constraints;
    this.terms = terms;
  }

  /** The regions, ascending. */
  int[] members() {
    return members;
  }

  /** The rules among them and fixed regions. */
  List<Constraint> constraints() {
    return constraints;
  }

  /** What the costs are to them, in the order of the problem; none when any layout will do. */
  List<Term> terms() {
    return terms;
  }
}
