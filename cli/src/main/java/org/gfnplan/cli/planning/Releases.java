package org.gfnplan.cli.planning;

import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * Which releases of programs guests are planned for, where the user says.
 *
 * @param qemu QEMU's version; null for the first that has the guest's machine type
 */
public record Releases(@Nullable Stated<String> qemu) {
  /** Nothing said. */
  public static final Releases UNSTATED = new Releases(null);
}
