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

  /** A register of a device gets a smaller size. */
  public static final int RESIZE = 15;

  /** A device's reserved memory is no longer protected. */
  public static final int RELAX = 20;

  /** Another device goes into the guest too. */
  public static final int ASSIGN = 30;

  /** The guest gets less memory. */
  public static final int SHRINK = 40;

  /** A device stays out of the guest. */
  public static final int DROP = 50;
}
