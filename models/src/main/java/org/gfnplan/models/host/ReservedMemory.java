package org.gfnplan.models.host;

import java.util.List;
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
    IVMD_EXCLUSION
  }

  private static final long LIMIT = 1L << 52;

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
}
