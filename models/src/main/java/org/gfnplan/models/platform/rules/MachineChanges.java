package org.gfnplan.models.platform.rules;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.solver.problem.Origin;

/** What a user can change about the machine that a guest runs on. */
public final class MachineChanges {
  private static final String SEABIOS = "seabios";

  private MachineChanges() {}

  /** Other firmware and another machine, as far as the guest can have them. */
  public static List<Change> of(Guest guest) {
    List<Change> found = new ArrayList<>();
    if (guest.firmware().value().equals("ovmf")) {
      found.add(seabios(guest.firmware().origin()));
    }
    Origin line = guest.platform().origin();
    if (guest.platform().value() == PlatformName.QEMU_PC) {
      found.add(
          to(PlatformName.QEMU_Q35, "the guest sees other devices at other PCI addresses", line));
    }
    // A PVH guest has nothing reserved for it, so it is no way out for one that asks for that.
    boolean bare =
        guest.devices().isEmpty()
            && guest.pci().pool().isEmpty()
            && guest.pmem().isEmpty()
            && guest.rdm().strategy().value() == Guest.RdmStrategy.IGNORE
            && guest.rdm().ranges().isEmpty()
            && guest.rdm().mirror() == null;
    if (guest.platform().value() == PlatformName.XEN_HVM && bare) {
      found.add(
          to(
              PlatformName.XEN_PVH,
              "the guest has no firmware and no emulated devices, and needs a kernel for PVH",
              line));
    }
    return found;
  }

  private static Change seabios(Origin line) {
    return new Change(
        "firmware=" + SEABIOS,
        "SeaBIOS instead of OVMF",
        Change.FIRMWARE,
        "a system that was installed for UEFI does not start with SeaBIOS",
        line,
        guest -> guest.withFirmware(Stated.by(SEABIOS, line)));
  }

  private static Change to(PlatformName name, String givesUp, Origin line) {
    return new Change(
        "platform=" + name.word(),
        "the platform `%s`".formatted(name.word()),
        Change.PLATFORM,
        givesUp,
        line,
        guest -> guest.withPlatform(Stated.by(name, line)));
  }
}
