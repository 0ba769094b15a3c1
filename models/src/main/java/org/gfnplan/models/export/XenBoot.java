package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.platform.xen.hvmloader.EmulatedDevices;
import org.gfnplan.models.platform.xen.hvmloader.EmulatedDevices.Video;
import org.gfnplan.models.platform.xen.hvmloader.Firmware;
import org.gfnplan.models.platform.xen.hvmloader.Hvmloader;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderRequest;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.gfnplan.models.platform.xen.hvmloader.PciFunction;

/**
 * What hvmloader makes of a planned guest.
 *
 * <p>A configuration does not say all that hvmloader finds: the card is taken to be Cirrus below 16
 * MiB of video memory and the standard VGA from there, OVMF's image to have 4 MiB, and a guest
 * whose address bits are not stated to have 39. None of these moves RAM.
 */
final class XenBoot {
  private static final long OVMF_BYTES = 4 * XenLayout.MIB;
  private static final long STANDARD_VGA_KIB = 16 * 1024;
  private static final int USUAL_BITS = 39;
  private static final int SLOTS = 32;

  private XenBoot() {}

  /** The result; {@code assigned} is filled with its functions that are host devices. */
  static HvmloaderResult of(Planned planned, List<GuestFunction> assigned) throws UnusableInput {
    Guest guest = planned.guest();
    Stated<Integer> hole = guest.mmioHoleMib();
    Stated<Integer> bits = guest.machine().physicalBits();
    HvmloaderRequest request;
    try {
      request =
          new HvmloaderRequest(
              planned.realised().lowmemEnd(),
              planned.realised().highmemEnd(),
              false,
              hole == null ? 0 : hole.value(),
              bits == null ? USUAL_BITS : bits.value(),
              false,
              planned.realised().e820(),
              guest.firmware().value().equals("ovmf")
                  ? Firmware.ovmf(OVMF_BYTES)
                  : Firmware.seabios(),
              functions(planned, guest, assigned));
    } catch (IllegalArgumentException limit) {
      // The limits are hvmloader's: RAM below 2 MiB, more than 128 entries, 32 slots.
      throw Refusal.of(guest.document(), "hvmloader cannot start the guest: " + limit.getMessage());
    }
    HvmloaderResult result = Hvmloader.run(request);
    if (result.refused()) {
      throw Refusal.of(
          guest.document(), "hvmloader stops at reserved memory in its own area below 4 GiB");
    }
    return result;
  }

  private static List<PciFunction> functions(
      Planned planned, Guest guest, List<GuestFunction> assigned) {
    long video = guest.memory().videoKib().value();
    Video card = video == 0 ? Video.NONE : video < STANDARD_VGA_KIB ? Video.CIRRUS : Video.STDVGA;
    List<PciFunction> functions = new ArrayList<>(EmulatedDevices.of(guest, card, List.of()));
    int first = 1 + (functions.get(functions.size() - 1).devfn() >> 3);
    int count = 0;
    for (GuestFunction function : GuestFunctions.of(planned.scene().with(guest)).all()) {
      int devfn = (first + count % (SLOTS - first)) << 3 | count / (SLOTS - first);
      functions.add(new PciFunction(devfn, function.name(), false, function.bars()));
      assigned.add(function);
      count++;
    }
    return functions;
  }
}
