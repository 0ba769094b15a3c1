package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;

/**
 * Reserved device memory: host memory that firmware says a device reaches at its own address.
 *
 * <p>Invariant: {@code 0 <= startByte < endByte <= 2^52}.
 *
 * @param kind what the firmware calls it
 * @param startByte the first byte
 * @param endByte one past the last byte
 * @param devices who reaches it; empty when the source does not say
 * @param origin where the host says so
 */
public record ReservedMemory(
    Kind kind, long startByte, long endByte, List<DeviceScope> devices, Origin origin) {
  /** What the firmware calls it. */
  public enum Kind {
    /** Intel VT-d: reserved memory region of the DMAR table. */
    RMRR,
    /** AMD: unity-mapped range of the IVRS table. */
    IVMD_UNITY,
    /** AMD: exclusion range of the IVRS table, reached without translation. */
    IVMD_EXCLUSION;

    /** The word of host documents: {@code rmrr}, {@code ivmd-unity}, {@code ivmd-exclusion}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code RMRR} or {@code IVMD}, the names of the tables' structures. */
    public String structure() {
      return this == RMRR ? "RMRR" : "IVMD";
    }
  }

  private static final long LIMIT = 1L << 52;

  /** Orders by start, then end, then kind. */
  static final Comparator<ReservedMemory> BY_ADDRESS =
      Comparator.comparingLong(ReservedMemory::startByte)
          .thenComparingLong(ReservedMemory::endByte)
          .thenComparing(ReservedMemory::kind);

  public ReservedMemory {
    devices = List.copyOf(devices);
    if (startByte < 0 || startByte >= endByte || endByte > LIMIT) {
      throw new IllegalArgumentException(
          "reserved memory must satisfy 0 <= start < end <= 0x%x: start=0x%x end=0x%x"
              .formatted(LIMIT, startByte, endByte));
    }
  }

  /** The frames that hold it; a partly covered frame counts. */
  public GfnRange frames() {
    return GfnRange.coveringBytes(startByte, endByte);
  }

  /** {@code RMRR 0x7b800000-0x7fffffff}: structure, first and last byte. */
  public String label() {
    return "%s 0x%x-0x%x".formatted(kind.structure(), startByte, endByte - 1);
  }

  /** The same memory, for other devices. */
  ReservedMemory withDevices(List<DeviceScope> others) {
    return new ReservedMemory(kind, startByte, endByte, others, origin);
  }
}
