package org.gfnplan.solver.choco;

/** A number that Choco's 32-bit variables cannot hold; the message names it. */
final class DoesNotFit extends RuntimeException {
  /*
   * Choco does not say when it overflows: the end of a task or a scaled view wraps, and the problem
   * is refuted although it has a layout. So no long becomes an int of Choco but by guard(). Below
   * 2^30 the sum of any two coordinates is an int too, and Choco adds pairs of bounds as ints.
   */
  static final long LIMIT = 1L << 30;

  private DoesNotFit(String message) {
    super(message, null, false, false);
  }

  /** The value as an int, when it is at least 0 and below 2^30. */
  static int guard(String what, long value) {
    if (value < 0 || value >= LIMIT) {
      throw because("%s at 0x%x".formatted(what, value));
    }
    return (int) value;
  }

  /** Whether {@link #guard} would let the value pass. */
  static boolean fits(long value) {
    return 0 <= value && value < LIMIT;
  }

  /** The exception to throw for this thing. */
  static DoesNotFit because(String what) {
    return new DoesNotFit(what + " does not fit 32 bit");
  }
}
