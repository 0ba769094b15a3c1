package org.gfnplan.solver.choco;

import org.gfnplan.solver.space.Gfn;

/** Arithmetic on grids of addresses. */
final class Numbers {
  /** A step so large that 0 is its only multiple in the address space. */
  static final long ONLY_ZERO = 2 * Gfn.LIMIT;

  private Numbers() {}

  static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return Math.abs(a);
  }

  /** The least common multiple of two steps, or {@link #ONLY_ZERO} when no smaller one exists. */
  static long lcm(long a, long b) {
    long factor = a / gcd(a, b);
    return factor > ONLY_ZERO / b ? ONLY_ZERO : Math.min(ONLY_ZERO, factor * b);
  }
}
