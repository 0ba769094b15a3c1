package org.gfnplan.models.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to set.
 *
 * @param key what it is called, {@code mmio_hole}; stable, documents use it
 * @param of the device or port it is set for, as configurations name it, or null for the guest
 * @param value a {@code Long}, {@code Boolean} or {@code String}; 0 or empty in a difference means
 *     that it is left out
 * @param spelling how a user writes it down, {@code mmio_hole = 2120}; unless it names what it is
 *     set for, it is an option of the device
 */
public record Setting(String key, @Nullable String of, Object value, String spelling) {
  /** A setting of the guest. */
  public static Setting of(String key, Object value, String spelling) {
    return new Setting(key, null, value, spelling);
  }

  /** Whether the spelling is part of what configures the device, and does not say which. */
  public boolean isOption() {
    return of != null && !spelling.contains(of);
  }

  /** How a user writes it down, with the device when the spelling does not name it. */
  public String words() {
    return isOption() ? "%s for %s".formatted(spelling, of) : spelling;
  }

  /** Whether both are about the same thing, whatever its value. */
  public boolean isAbout(Setting other) {
    return key.equals(other.key) && Objects.equals(of, other.of);
  }
}
