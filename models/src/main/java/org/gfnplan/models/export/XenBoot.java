package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.platform.xen.hvmloader.Firmware;
import org.gfnplan.models.platform.xen.hvmloader.Hvmloader;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderRequest;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;

/**
 * The memory map that hvmloader makes for a planned guest. PCI functions are left out: libxl
 * forbids hvmloader to move RAM for them, so the map does not depend on them. OVMF's image is taken
 * to have 4 MiB, as the largest builds have.
 */
final class XenBoot {
  private static final long OVMF_BYTES = 4 * XenLayout.MIB;
  private static final int ANY_BITS = 48;

  private XenBoot() {}

  /** The map. */
  static List<E820Entry> map(Planned planned) throws UnusableInput {
    Guest guest = planned.guest();
    Stated<Integer> hole = guest.mmioHoleMib();
    HvmloaderRequest request;
    try {
      request =
          new HvmloaderRequest(
              planned.realised().lowmemEnd(),
              planned.realised().highmemEnd(),
              false,
              hole == null ? 0 : hole.value(),
              ANY_BITS,
              false,
              planned.realised().e820(),
              guest.firmware().value().equals("ovmf")
                  ? Firmware.ovmf(OVMF_BYTES)
                  : Firmware.seabios(),
              List.of());
    } catch (IllegalArgumentException limit) {
      // The limits are hvmloader's: 2 MiB of low RAM, pages left for firmware, 128 entries.
      throw Refusal.of(guest.document(), "hvmloader cannot start the guest: " + limit.getMessage());
    }
    HvmloaderResult result = Hvmloader.run(request);
    if (result.refused()) {
      throw Refusal.of(
          guest.document(), "hvmloader stops at reserved memory in its own area below 4 GiB");
    }
    return result.e820();
  }
}
