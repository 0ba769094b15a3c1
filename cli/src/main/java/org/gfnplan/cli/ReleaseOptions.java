package org.gfnplan.cli;

import org.gfnplan.cli.planning.Releases;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.qemu.QemuVersion;
import org.gfnplan.models.platform.xen.XenVersion;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which releases of programs are meant. */
final class ReleaseOptions {
  static final String QEMU = "--qemu";
  static final String XEN = "--xen";

  @Option(
      names = QEMU,
      paramLabel = "VERSION",
      description =
          "The QEMU of a guest on qemu-pc, qemu-q35 or qemu-microvm: 7.2, 10.0, or another one,"
              + " which is taken for the nearest of these that is not newer. By default 7.2, or"
              + " 10.0 when only that has the guest's machine type.")
  private @Nullable String qemu;

  @Option(
      names = XEN,
      paramLabel = "RELEASE",
      description =
          "The release of Xen: 4.17 or 4.21, which is the default. Layouts are the same on both;"
              + " of 4.17 the logged lines name their places in the source.")
  private @Nullable String xen;

  /** What is wrong with the versions; null when nothing is. */
  @Nullable String usageProblem() {
    if (qemu != null && QemuVersion.of(qemu) == null) {
      return "--qemu must be a version, %s or later: %s"
          .formatted(QemuVersion.DEFAULT.word(), qemu);
    }
    return xen == null || XenVersion.of(xen) != null
        ? null
        : "--xen must be one of %s: %s".formatted(String.join(", ", XenVersion.words()), xen);
  }

  /** Whether a release is named. */
  boolean isStated() {
    return qemu != null || xen != null;
  }

  /** The releases. */
  Releases releases() {
    XenVersion named = xen == null ? null : XenVersion.of(xen);
    return new Releases(
        qemu == null ? null : Stated.by(qemu, Origin.builtIn(QEMU, qemu)),
        named == null ? XenVersion.DEFAULT : named);
  }
}
