package org.gfnplan.models.platform;

import java.util.function.UnaryOperator;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One thing a user can change about a guest.
 *
 * @param key tells changes apart and orders those of equal cost; stable
 * @param title what to do, imperative, one line
 * @param cost what it costs the user, by the table in {@code docs/rules.md}; positive
 * @param givesUp what is no longer protected, or null
 * @param origin the input line it changes, or the document it would be added to
 * @param edit the guest with the change
 */
public record Change(
    String key,
    String title,
    int cost,
    @Nullable String givesUp,
    Origin origin,
    UnaryOperator<Guest> edit) {
  /** A setting of the platform's own gets another value. */
  public static final int SETTING = 10;

  /** A device's reserved memory is no longer protected. */
  public static final int RELAX = 20;

  /** Another device goes into the guest too. */
  public static final int ASSIGN = 30;

  /** The guest gets less memory. */
  public static final int SHRINK = 40;

  /** The guest starts with other firmware. */
  public static final int FIRMWARE = 45;

  /** A device stays out of the guest. */
  public static final int DROP = 50;

  /** The guest sees another machine. */
  public static final int PLATFORM = 55;

  /** Whether this goes further than another in the same direction: a register smaller still. */
  public boolean exceeds(Change other) {
    String what = size(key);
    return cost > other.cost && what != null && what.equals(size(other.key));
  }

  /** The key of a size without its last word, the size; null for other keys. */
  private static @Nullable String size(String key) {
    return key.startsWith("resize ") ? key.substring(0, key.lastIndexOf(' ')) : null;
  }
}
