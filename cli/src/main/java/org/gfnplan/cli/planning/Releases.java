package org.gfnplan.cli.planning;

import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.xen.XenVersion;
import org.jspecify.annotations.Nullable;

/**
 * Which releases of programs guests are planned for.
 *
 * @param qemu QEMU's version; null for the first that has the guest's machine type
 * @param xen the release of Xen
 */
public record Releases(@Nullable Stated<String> qemu, XenVersion xen) {
  /** Nothing said. */
  public static final Releases UNSTATED = new Releases(null, XenVersion.DEFAULT);
}
