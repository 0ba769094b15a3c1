package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Realised;
import org.jspecify.annotations.Nullable;

/**
 * Changes after which the guest has a layout. It was planned, checked and replayed.
 *
 * @param changes what to change; without any one of them there is no layout
 * @param guest the changed guest
 * @param realised the layout it gets and the settings that lead to it
 * @param diff a unified diff of the text that the guest was read from, which was read again and
 *     gives this layout with no further setting; null where there is none
 */
public record Repair(List<Change> changes, Guest guest, Realised realised, @Nullable String diff) {
  public Repair {
    changes = List.copyOf(changes);
  }

  /** A repair in words alone. */
  public Repair(List<Change> changes, Guest guest, Realised realised) {
    this(changes, guest, realised, null);
  }

  /** The same with its diff. */
  public Repair with(@Nullable String unified) {
    return new Repair(changes, guest, realised, unified);
  }

  /** What the changes cost together. */
  public int cost() {
    return changes.stream().mapToInt(Change::cost).sum();
  }
}
