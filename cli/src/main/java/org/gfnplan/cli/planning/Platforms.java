package org.gfnplan.cli.planning;

import java.util.List;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.ideal.Ideal;
import org.gfnplan.models.platform.xen.XenHvm;
import org.gfnplan.models.platform.xen.XenPvh;

/** The platform behind a name. */
public final class Platforms {
  private Platforms() {}

  /**
   * The platform of that name.
   *
   * @throws UnusableInput when it is not supported yet
   */
  public static Platform of(Stated<PlatformName> name) throws UnusableInput {
    return switch (name.value()) {
      case XEN_HVM -> new XenHvm();
      case XEN_PVH -> new XenPvh();
      case IDEAL -> new Ideal();
      case QEMU_PC, QEMU_Q35, QEMU_MICROVM ->
          throw new UnusableInput(
              List.of(
                  new InputProblem(
                      name.origin(),
                      "the platform `%s` is not supported yet".formatted(name.value().word()))));
    };
  }
}
