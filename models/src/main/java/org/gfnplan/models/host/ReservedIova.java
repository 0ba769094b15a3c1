package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.Map;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that the devices of an IOMMU group cannot use for DMA to whatever their driver, or a
 * guest, would like to be there: a line of Linux's {@code reserved_regions}.
 *
 * <p>Invariant: {@code 0 <= startByte < endByte <= 2^52}.
 *
 * @param startByte the first byte
 * @param endByte one past the last byte
 * @param kind why
 * @param group of which IOMMU group, or null when the source does not say
 * @param origin where the host says so
 */
public record ReservedIova(
    long startByte, long endByte, Kind kind, @Nullable Integer group, Origin origin) {
  /** Why addresses are reserved. */
  public enum Kind {
    /** They stay mapped to themselves: firmware reserved the memory for a device. */
    DIRECT("direct"),
    /** As direct, but the mapping may be given up when the device is assigned. */
    DIRECT_RELAXABLE("direct-relaxable"),
    /** The hardware does not translate them. */
    RESERVED("reserved"),
    /** Interrupt messages. */
    MSI("msi");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of {@code reserved_regions} and of host documents. */
    public String word() {
      return word;
    }

    /** Every kind by its word. */
    public static Map<String, Kind> byWord() {
      return Map.of(
          DIRECT.word, DIRECT,
          DIRECT_RELAXABLE.word, DIRECT_RELAXABLE,
          RESERVED.word, RESERVED,
          MSI.word, MSI);
    }
  }

  /**
   * The end of the region that Linux adds to each group with an ISA bridge (intel-iommu, {@code
   * IOMMU_RESV_DIRECT} of the first 16 MiB); it says nothing about the firmware.
   */
  public static final long ISA_END = 1L << 24;

  /** Orders by start, then end, then kind, then group. */
  static final Comparator<ReservedIova> BY_ADDRESS =
      Comparator.comparingLong(ReservedIova::startByte)
          .thenComparingLong(ReservedIova::endByte)
          .thenComparing(ReservedIova::kind)
          .thenComparingInt(iova -> iova.group == null ? -1 : iova.group);

  public ReservedIova {
    if (startByte < 0 || startByte >= endByte || endByte > ByteRange.LIMIT) {
      throw new IllegalArgumentException(
          "reserved addresses must satisfy 0 <= start < end <= 0x%x: start=0x%x end=0x%x"
              .formatted(ByteRange.LIMIT, startByte, endByte));
    }
  }

  /** Whether this is what Linux adds for an ISA bridge, and not the firmware. */
  public boolean isForIsaBridge() {
    return kind == Kind.DIRECT && startByte == 0 && endByte == ISA_END;
  }
}
