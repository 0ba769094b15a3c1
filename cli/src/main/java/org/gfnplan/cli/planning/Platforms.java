package org.gfnplan.cli.planning;

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

  /** The platform of that name, of the releases that are meant when nobody says. */
  public static Platform of(Stated<PlatformName> name) {
    return of(name, Releases.UNSTATED);
  }

  /** The platform of that name, of these releases. */
  public static Platform of(Stated<PlatformName> name, Releases releases) {
    return switch (name.value()) {
      case XEN_HVM -> new XenHvm(releases.xen());
      case XEN_PVH -> new XenPvh(releases.xen());
      case IDEAL -> new Ideal();
      case QEMU_PC, QEMU_Q35, QEMU_MICROVM -> new QemuPlatform(name.value(), releases.qemu());
    };
  }
}
