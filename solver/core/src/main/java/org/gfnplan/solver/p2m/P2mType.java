package org.gfnplan.solver.p2m;

/** What sort of thing backs guest frames. */
public enum P2mType {
  /** The guest's memory. */
  RAM(0, 18),
  /** Persistent memory of the host. */
  PERSISTENT(1, 18),
  /** A device's registers. */
  DEVICE(2, 18),
  /** Host frames that a device reaches at their own addresses; they are mapped one by one. */
  IDENTITY(3, 0),
  /** Frames that firmware or the hypervisor itself made; they are mapped one by one. */
  SPECIAL(4, 0);

  private final int code;
  private final int largestOrder;

  P2mType(int code, int largestOrder) {
    this.code = code;
    this.largestOrder = largestOrder;
  }

  /** A number of its own, from 0. */
  int code() {
    return code;
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
