package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Change;
import org.jspecify.annotations.Nullable;

/**
 * One thing a user can change about the guests of a host.
 *
 * @param key tells changes apart and orders those of equal cost; stable
 * @param title what to do, one line
 * @param cost what it costs the user, by the table in {@code docs/rules.md}; positive
 * @param givesUp what is no longer protected, or null
 * @param single the change of one guest that this is, or null when it is about several
 * @param index the place of that guest, or -1
 * @param edit the guests, in order, with the change
 */
public record HostChange(
    String key,
    String title,
    int cost,
    @Nullable String givesUp,
    @Nullable Change single,
    int index,
    UnaryOperator<List<Guest>> edit) {
  /** A device goes to another guest. */
  public static final int MOVE = 45;

  /** A change of one guest among several. */
  public static HostChange of(int index, Guest guest, Change change) {
    return new HostChange(
        guest.name() + ": " + change.key(),
        "%s in guest `%s`".formatted(change.title(), guest.name()),
        change.cost(),
        change.givesUp(),
        change,
        index,
        guests -> {
          List<Guest> changed = new ArrayList<>(guests);
          changed.set(index, change.edit().apply(guests.get(index)));
          return List.copyOf(changed);
        });
  }

  /** A change of several guests. */
  public static HostChange ofSeveral(
      String key, String title, int cost, UnaryOperator<List<Guest>> edit) {
    return new HostChange(key, title, cost, null, null, -1, edit);
  }
}
