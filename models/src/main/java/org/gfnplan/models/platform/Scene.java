package org.gfnplan.models.platform;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.host.Host;

/**
 * A guest on a host.
 *
 * @param host where it runs
 * @param guest what runs
 */
public record Scene(Host host, Guest guest) {
  /** The same host with another guest. */
  public Scene with(Guest other) {
    return new Scene(host, other);
  }
}
