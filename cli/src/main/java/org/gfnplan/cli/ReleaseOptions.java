package org.gfnplan.cli;

import org.gfnplan.cli.planning.Releases;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.qemu.QemuVersion;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which releases of programs are meant. */
final class ReleaseOptions {
  @Option(
      names = "--qemu",
      paramLabel = "VERSION",
      description =
          "The QEMU of a guest on qemu-pc, qemu-q35 or qemu-microvm: 7.2, 10.0, or another one,"
              + " which is taken for the nearest of these that is not newer. By default 7.2, or"
              + " 10.0 when only that has the guest's machine type.")
  private @Nullable String qemu;

  /** What is wrong with the versions; null when nothing is. */
  @Nullable String usageProblem() {
    return qemu == null ? null : qemuProblem(qemu);
  }

  /** The releases. */
  Releases releases() {
    return qemu == null
        ? Releases.UNSTATED
        : new Releases(Stated.by(qemu, Origin.builtIn("--qemu", qemu)));
  }

  /** What is wrong with a version of QEMU; null when nothing is. */
  static @Nullable String qemuProblem(String version) {
    return QemuVersion.of(version) == null
        ? "--qemu must be a version, %s or later: %s".formatted(QemuVersion.DEFAULT.word(), version)
        : null;
  }
}
