package org.gfnplan.solver.p2m;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * What backs an extent, in one number: the host frame behind its first frame or that it is not
 * known, the type, and the access.
 */
final class Backing {
  private static final int KIND_BITS = 6;
  private static final int ACCESS_BITS = 3;
  private static final P2mType[] TYPES = byCode(P2mType.values(), P2mType::code);
  private static final Access[] ACCESSES = byCode(Access.values(), Access::code);

  private Backing() {}

  private static <T> T[] byCode(T[] values, ToIntFunction<T> code) {
    Arrays.sort(values, Comparator.comparingInt(code));
    return values;
  }

  static long of(Extent extent) {
    long kind = ((long) extent.type().code() << ACCESS_BITS) | extent.access().code();
    return ((extent.mfn() + 1) << KIND_BITS) | kind;
  }

  /** The host frame, or {@link Extent#ANYWHERE}. */
  static long mfn(long backing) {
    return (backing >> KIND_BITS) - 1;
  }

  static P2mType type(long backing) {
    return TYPES[(int) (backing & ((1 << KIND_BITS) - 1)) >> ACCESS_BITS];
  }

  static Access access(long backing) {
    return ACCESSES[(int) (backing & ((1 << ACCESS_BITS) - 1))];
  }

  /** What backs the frame that lies {@code frames} further on. */
  static long after(long backing, long frames) {
    return backing >> KIND_BITS == 0 ? backing : backing + (frames << KIND_BITS);
  }
}
