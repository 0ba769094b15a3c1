package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.hostwide.HostChange;

/**
 * Changes after which all guests of a host fit together. All of them were planned, checked and
 * replayed.
 *
 * @param changes what to change; without any one of them the guests do not fit
 * @param guests the guests with the changes, in order
 * @param realised for each guest the layout it gets and the settings that lead to it
 */
public record HostRepair(List<HostChange> changes, List<Guest> guests, List<Realised> realised) {
  public HostRepair {
    changes = List.copyOf(changes);
    guests = List.copyOf(guests);
    realised = List.copyOf(realised);
  }

  /** What the changes cost together. */
  public int cost() {
    return changes.stream().mapToInt(HostChange::cost).sum();
  }
}
