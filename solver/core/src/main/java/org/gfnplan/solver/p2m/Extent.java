package org.gfnplan.solver.p2m;

import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/**
 * A run of guest frames and the run of host frames behind it.
 *
 * <p>Invariant: {@code mfn} is {@link #ANYWHERE} or {@code 0 <= mfn} and {@code mfn + frames <=
 * Gfn.LIMIT}; an {@link P2mType#IDENTITY} extent has {@code mfn == gfn}.
 *
 * @param range the guest frames
 * @param mfn the host frame behind the first, or {@link #ANYWHERE}
 * @param type what backs them
 * @param access what may be done with them
 */
public record Extent(GfnRange range, long mfn, P2mType type, Access access) {
  /** Instead of an mfn: the host frames are not known, and each page is as large as gfns allow. */
  public static final long ANYWHERE = -1;

  public Extent {
    if (mfn != ANYWHERE && (mfn < 0 || mfn > Gfn.LIMIT - range.length())) {
      throw new IllegalArgumentException(
          "host frames must lie in 0..0x%x: mfn=0x%x frames=0x%x"
              .formatted(Gfn.LIMIT, mfn, range.length()));
    }
    if (type == P2mType.IDENTITY && mfn != range.start()) {
      throw new IllegalArgumentException(
          "an identity extent must have mfn = gfn: gfn=0x%x mfn=0x%x"
              .formatted(range.start(), mfn));
    }
  }

  /** Frames that lie at their own host addresses. */
  public static Extent identity(GfnRange range, Access access) {
    return new Extent(range, range.start(), P2mType.IDENTITY, access);
  }

  /** Memory somewhere on the host. */
  public static Extent anywhere(GfnRange range, P2mType type, Access access) {
    return new Extent(range, ANYWHERE, type, access);
  }

  /** Whether a device's frames lie at their own addresses. */
  public boolean isIdentity() {
    return type.isOfDevice() && mfn == range.start();
  }

  /** The part of this extent in {@code window}, which it must overlap. */
  Extent within(GfnRange window) {
    GfnRange cut = range.intersection(window);
    if (cut == null) {
      throw new IllegalArgumentException(
          "a window must overlap the extent: window=%s extent=%s".formatted(window, range));
    }
    return new Extent(cut, mfnAt(cut.start()), type, access);
  }

  /** The host frame behind {@code gfn}, or {@link #ANYWHERE}. */
  long mfnAt(long gfn) {
    return mfn == ANYWHERE ? ANYWHERE : mfn + (gfn - range.start());
  }

  /** Whether {@code next} starts where this ends, in the guest and on the host, and is alike. */
  boolean continuesIn(Extent next) {
    return range.end() == next.range.start()
        && type == next.type
        && access == next.access
        && mfnAt(range.end()) == next.mfn;
  }
}
