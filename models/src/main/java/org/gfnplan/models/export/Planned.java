package org.gfnplan.models.export;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;

/**
 * A layout that was found.
 *
 * @param platform who lays out the guest
 * @param scene the guest as its configuration has it, on its host
 * @param realised the layout, and the settings that lead to it
 */
public record Planned(PlatformName platform, Scene scene, Realised realised) {
  /** The guest with the settings that lead to the layout. */
  public Guest guest() {
    return ConfiguredGuest.of(scene.guest(), realised.settings());
  }
}
