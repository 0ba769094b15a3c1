package org.gfnplan.models.guest;

/** The sizes of {@code mmio_hole} that xl takes, in MiB (xl_parse.c). */
public final class MmioHole {
  /** The least. */
  public static final int LEAST_MIB = 256;

  /** The largest. */
  public static final int LARGEST_MIB = 3840;

  private MmioHole() {}
}
