package org.gfnplan.models.guest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** QEMU's names of machine types, {@code pc-q35-7.2}. */
public final class MachineType {
  private static final String VERSION = "(?:[0-9]{1,3}\\.[0-9]{1,3}(?:\\.[0-9]{1,3})?)";
  private static final Pattern PC =
      Pattern.compile("pc|pc-i440fx-(?:" + VERSION + "|[a-z0-9.-]+)|pc-" + VERSION);
  private static final Pattern Q35 = Pattern.compile("q35|pc-q35-(?:" + VERSION + "|[a-z0-9.-]+)");

  private MachineType() {}

  /** The platform that a machine type belongs to, or null when it is none that is known. */
  public static @Nullable PlatformName platform(String type) {
    if (PC.matcher(type).matches()) {
      return PlatformName.QEMU_PC;
    }
    if (Q35.matcher(type).matches()) {
      return PlatformName.QEMU_Q35;
    }
    return type.equals("microvm") ? PlatformName.QEMU_MICROVM : null;
  }
}
