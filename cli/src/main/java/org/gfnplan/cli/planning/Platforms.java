package org.gfnplan.cli.planning;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.ideal.Ideal;
import org.gfnplan.models.platform.qemu.QemuPlatform;
import org.gfnplan.models.platform.xen.XenHvm;
import org.gfnplan.models.platform.xen.XenPvh;
import org.gfnplan.models.platform.xen.XenVersion;

/** The platform behind a name. */
public final class Platforms {
  private Platforms() {}

  /** Where a changed guest is planned: as before, unless the change is to another platform. */
  static Platform of(Guest changed, Guest before, Platform planned) {
    return changed.platform().value() == before.platform().value()
        ? planned
        : of(changed.platform());
  }

  /** The platform of that name, as the default releases have it. */
  public static Platform of(Stated<PlatformName> name) {
    return of(name, XenVersion.DEFAULT);
  }

  /** The platform of that name, as these releases have it. */
  public static Platform of(Stated<PlatformName> name, XenVersion xen) {
    return switch (name.value()) {
      case XEN_HVM -> new XenHvm(xen);
      case XEN_PVH -> new XenPvh(xen);
      case IDEAL -> new Ideal();
      case QEMU_PC, QEMU_Q35, QEMU_MICROVM -> new QemuPlatform(name.value());
    };
  }
}
