package org.gfnplan.solver.problem;

/**
 * One thing that an input or a platform says: the unit that is kept, given up, blamed and repaired.
 *
 * <p>Regions and rules hang from a statement. Without the statement its rules are not there, and
 * neither are its regions nor any mention of them in other rules. So a conflict is a set of
 * statements, and "drop this one" has a meaning a user knows.
 *
 * @param id the stable id in the rule catalogue, {@code D1}
 * @param text the statement in words, without a full stop
 * @param origin who says so
 * @param strength whether it must hold
 */
public record Statement(String id, String text, Origin origin, Strength strength) {
  /** A statement that must hold. */
  public static Statement required(String id, String text, Origin origin) {
    return new Statement(id, text, origin, Strength.REQUIRED);
  }

  /** By id and text alone: statements are looked up often, and a string knows its hash. */
  @Override
  public int hashCode() {
    return 31 * id.hashCode() + text.hashCode();
  }
}
