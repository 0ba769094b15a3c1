package org.gfnplan.models.proof;

import java.util.Locale;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Rule;

/** What kinds of rules and edges are called in a proof. */
final class Words {
  private Words() {}

  static String rule(Rule rule) {
    if (rule instanceof Rule.Pinned) {
      return "pinned";
    }
    if (rule instanceof Rule.Within) {
      return "within";
    }
    if (rule instanceof Rule.Aligned) {
      return "aligned";
    }
    if (rule instanceof Rule.Sized) {
      return "sized";
    }
    if (rule instanceof Rule.Apart) {
      return "apart";
    }
    if (rule instanceof Rule.TotalLength) {
      return "total-length";
    }
    if (rule instanceof Rule.SameEdge) {
      return "same-edge";
    }
    if (rule instanceof Rule.OnGrid) {
      return "on-grid";
    }
    return rule instanceof Rule.Follows ? "follows" : "inside";
  }

  static String side(Edge.Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
