package org.gfnplan.models.platform.xen.hvmloader;

/** What {@link BarPlacement#place} found, to be used again for the next question. In bytes. */
public final class BarAddresses {
  final long[] addresses;
  private long highStart;
  private long highNext;

  /** For this many registers. */
  public BarAddresses(int count) {
    addresses = new long[count];
  }

  /** The address of a register, or {@link BarPlacement#NO_SPACE}. */
  public long address(int register) {
    return addresses[register];
  }

  /** Where the first register above 4 GiB was tried, 0 when none was. */
  public long highStart() {
    return highStart;
  }

  /** The end of the window above 4 GiB, as aligned as its start; 0 when there is none. */
  public long highEnd() {
    return highStart == 0 ? 0 : ((highNext - 1) | ((highStart & -highStart) - 1)) + 1;
  }

  void setHigh(long first, long next) {
    highStart = first;
    highNext = next;
  }
}
