package org.gfnplan.solver.p2m;

/** What may be done with guest frames. */
public enum Access {
  /** Read. */
  READ,
  /** Write. */
  WRITE,
  /** Read and write. */
  READ_WRITE,
  /** Read and run code. */
  READ_EXECUTE,
  /** Read, write and run code. */
  READ_WRITE_EXECUTE
}
