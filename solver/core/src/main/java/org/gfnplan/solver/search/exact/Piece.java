package org.gfnplan.solver.search.exact;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The numbers {@code first, first + step, ..., last}, never none.
 *
 * @param first the least
 * @param last the greatest
 * @param step from each to the next
 */
record Piece(long first, long last, long step) {
  /** The numbers between {@code lo} and {@code hi} that are {@code at} plus a multiple of step. */
  static @Nullable Piece of(long lo, long hi, long at, long step) {
    long first = lo + Math.floorMod(at - lo, step);
    long last = hi - Math.floorMod(hi - at, step);
    return first > last ? null : new Piece(first, last, first == last ? 1 : step);
  }

  /** What lies between {@code lo} and {@code hi}, or null. */
  @Nullable Piece between(long lo, long hi) {
    return of(Math.max(lo, first), Math.min(hi, last), first, step);
  }

  /** The members that are {@code at} plus a multiple of {@code other}, or null. */
  @Nullable Piece onGrid(long at, long other) {
    if (other == 1) {
      return this;
    }
    if (first == last) {
      return Math.floorMod(first - at, other) == 0 ? this : null;
    }
    long common = Numbers.gcd(step, other);
    long gap = at - first;
    if (Math.floorMod(gap, common) != 0) {
      return null;
    }
    // first + k * step = at (mod other), so k = gap / common * (step / common)^-1.
    BigInteger modulus = BigInteger.valueOf(other / common);
    BigInteger inverse =
        modulus.equals(BigInteger.ONE)
            ? BigInteger.ZERO
            : BigInteger.valueOf(step / common).modInverse(modulus);
    long k = BigInteger.valueOf(gap / common).multiply(inverse).mod(modulus).longValueExact();
    if (k > (last - first) / step) {
      return null;
    }
    long from = first + k * step;
    return of(from, last, from, Model.multiple(step, other));
  }
}
