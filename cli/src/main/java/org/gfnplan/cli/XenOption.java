package org.gfnplan.cli;

import org.gfnplan.models.platform.xen.XenVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which release of Xen is predicted. */
final class XenOption {
  static final String NAME = "--xen";

  @Option(
      names = NAME,
      paramLabel = "RELEASE",
      description =
          "The release of Xen: 4.17 or 4.21, which is the default. Layouts are the same on both;"
              + " of 4.17 the logged lines name their places in the source.")
  private @Nullable String release;

  /** What is wrong with it; null when nothing is. */
  @Nullable String usageProblem() {
    return release == null || XenVersion.of(release) != null
        ? null
        : "--xen must be one of %s: %s".formatted(String.join(", ", XenVersion.words()), release);
  }

  /** Whether a release is named. */
  boolean isNamed() {
    return release != null;
  }

  /** The release. */
  XenVersion version() {
    XenVersion named = release == null ? null : XenVersion.of(release);
    return named == null ? XenVersion.DEFAULT : named;
  }
}
