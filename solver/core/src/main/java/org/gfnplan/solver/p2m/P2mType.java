package org.gfnplan.solver.p2m;

/** What sort of thing backs guest frames. */
public enum P2mType {
  /** The guest's memory. */
  RAM(18),
  /** Persistent memory of the host. */
  PERSISTENT(18),
  /** A device's registers. */
  DEVICE(18),
  /** Host frames that a device reaches at their own addresses; they are mapped one by one. */
  IDENTITY(0),
  /** Frames that firmware or the hypervisor itself made; they are mapped one by one. */
  SPECIAL(0);

  private final int largestOrder;

  P2mType(int largestOrder) {
    this.largestOrder = largestOrder;
  }

  /** The largest page it is mapped with, as a power of two of frames. */
  int largestOrder() {
    return largestOrder;
  }

  /** Whether frames of it that back the same gfns are an identity mapping. */
  boolean isOfDevice() {
    return this == DEVICE || this == IDENTITY;
  }
}
