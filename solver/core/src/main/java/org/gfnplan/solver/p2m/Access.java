package org.gfnplan.solver.p2m;

/** What may be done with guest frames. */
public enum Access {
  /** Read. */
  READ(0),
  /** Write. */
  WRITE(1),
  /** Read and write. */
  READ_WRITE(2),
  /** Read and run code. */
  READ_EXECUTE(3),
  /** Read, write and run code. */
  READ_WRITE_EXECUTE(4);

  private final int code;

  Access(int code) {
    this.code = code;
  }

  /** A number of its own, from 0. */
  int code() {
    return code;
  }
}
