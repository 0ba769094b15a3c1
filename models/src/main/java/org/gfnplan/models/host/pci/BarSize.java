package org.gfnplan.models.host.pci;

import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.pci.Bar;
import org.jspecify.annotations.Nullable;

/** Which sizes a base address register can have. */
public final class BarSize {
  /** The largest that is believed; it leaves room for one other in 52 address bits. */
  public static final long MOST = 1L << 51;

  private BarSize() {}

  /** Why no register that decodes {@code space} has {@code bytes}, or null when one can. */
  public static @Nullable String complaint(Bar.Space space, long bytes) {
    if (Long.bitCount(bytes) != 1) {
      return "size of %s is no power of two".formatted(words(bytes));
    }
    if (bytes < Bar.least(space)) {
      return "size of %s is below %s".formatted(words(bytes), words(Bar.least(space)));
    }
    long most =
        switch (space) {
          case IO -> 1L << 16;
          case MEMORY_32 -> 1L << 31;
          case MEMORY_64 -> MOST;
        };
    return Long.compareUnsigned(bytes, most) > 0
        ? "size of %s is above %s".formatted(words(bytes), words(most))
        : null;
  }

  private static String words(long bytes) {
    return bytes < 0 ? "0x%x bytes".formatted(bytes) : Bytes.format(bytes);
  }
}
