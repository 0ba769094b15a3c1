package org.gfnplan.models.platform;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * A guest on a host.
 *
 * @param host where it runs
 * @param guest what runs
 * @param text what the guest was read from; null where nobody could edit it
 */
public record Scene(Host host, Guest guest, @Nullable SourceText text) {
  /** A scene of a guest that stands in no text. */
  public Scene(Host host, Guest guest) {
    this(host, guest, null);
  }

  /** The same host with another guest. */
  public Scene with(Guest other) {
    return new Scene(host, other);
  }
}
