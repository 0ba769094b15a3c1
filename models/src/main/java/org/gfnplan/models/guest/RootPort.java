package org.gfnplan.models.guest;

import org.gfnplan.solver.problem.Origin;

/**
 * A PCI Express root port that reserves room for a device plugged in later (QEMU {@code
 * pcie-root-port,mem-reserve=,pref64-reserve=}).
 *
 * @param name what to call it
 * @param memoryBytes 32-bit memory it reserves; 0 for firmware's default
 * @param prefetchableBytes 64-bit prefetchable memory it reserves; 0 for firmware's default
 * @param origin what states it
 */
public record RootPort(String name, long memoryBytes, long prefetchableBytes, Origin origin) {
  /** The port with another reserve of 32-bit memory, in bytes. */
  public RootPort reserving(long bytes) {
    return new RootPort(name, bytes, prefetchableBytes, origin);
  }

  /** The port with another reserve of 64-bit prefetchable memory, in bytes. */
  public RootPort reserving64(long bytes) {
    return new RootPort(name, memoryBytes, bytes, origin);
  }
}
