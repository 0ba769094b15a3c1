package org.gfnplan.models.export;

/**
 * An option of QEMU.
 *
 * @param option with its dash, {@code -m}
 * @param value what a program gets, not what a user types into a shell
 */
record QemuArgument(String option, String value) {
  /** As a user types it. */
  String typed() {
    return option + " " + QemuWords.shell(value);
  }
}
