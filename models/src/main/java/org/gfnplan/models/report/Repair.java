package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Realised;

/**
 * Changes after which the guest has a layout. It was planned, checked and replayed.
 *
 * @param changes what to change; without any one of them there is no layout
 * @param guest the changed guest
 * @param realised the layout it gets and the settings that lead to it
 */
public record Repair(List<Change> changes, Guest guest, Realised realised) {
  public Repair {
    changes = List.copyOf(changes);
  }

  /** What the changes cost together. */
  public int cost() {
    return changes.stream().mapToInt(Change::cost).sum();
  }
}
