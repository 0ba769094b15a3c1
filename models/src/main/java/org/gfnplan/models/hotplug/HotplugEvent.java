package org.gfnplan.models.hotplug;

import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;

/**
 * A device that comes or goes.
 *
 * @param action whether it comes
 * @param device the function
 * @param policy what to do about its reserved device memory; of no effect when it goes
 */
public record HotplugEvent(Action action, PciAddress device, RdmPolicy policy) {
  /** Whether a device comes or goes. */
  public enum Action {
    /** It is given to the guest. */
    ATTACH,
    /** It is taken from the guest. */
    DETACH;

    /** The word of commands and documents. */
    public String word() {
      return this == ATTACH ? "attach" : "detach";
    }
  }
}
