package org.gfnplan.models.platform;

import java.util.Comparator;

/**
 * An entry of a guest's e820 map.
 *
 * @param startByte the first byte
 * @param endByte one past the last byte
 * @param type 1 RAM, 2 reserved, 3 ACPI, 4 NVS
 */
public record E820Entry(long startByte, long endByte, int type) {
  /** Usable RAM. */
  public static final int RAM = 1;

  /** Reserved. */
  public static final int RESERVED = 2;

  /** Orders by address. */
  public static final Comparator<E820Entry> BY_ADDRESS =
      Comparator.comparingLong(E820Entry::startByte).thenComparingLong(E820Entry::endByte);
}
