package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;

/** The memory map that a guest's operating system or firmware is given. */
final class GuestMap {
  private GuestMap() {}

  /** By address. An HVM guest of Xen sees what hvmloader makes of the toolstack's map. */
  static List<E820Entry> of(Planned planned) throws UnusableInput {
    return planned.platform() == PlatformName.XEN_HVM
        ? XenBoot.map(planned)
        : planned.realised().e820();
  }
}
