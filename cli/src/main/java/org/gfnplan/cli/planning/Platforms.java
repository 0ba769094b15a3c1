package org.gfnplan.cli.planning;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.ideal.Ideal;
import org.gfnplan.models.platform.qemu.QemuPlatform;
import org.gfnplan.models.platform.xen.XenHvm;
import org.gfnplan.models.platform.xen.XenPvh;

/** The platform behind a name. */
public final class Platforms {
  private Platforms() {}

  /** Where a changed guest is planned: as before, unless the change is to another platform. */
  static Platform of(Guest changed, Guest before, Platform planned) {
    return changed.platform().value() == before.platform().value()
        ? planned
        : of(changed.platform());
  }

  /** The platform of that name. */
  public static Platform of(Stated<PlatformName> name) {
    return switch (name.value()) {
      case XEN_HVM -> new XenHvm();
      case XEN_PVH -> new XenPvh();
      case IDEAL -> new Ideal();
      case QEMU_PC, QEMU_Q35, QEMU_MICROVM -> new QemuPlatform(name.value());
    };
  }
}
