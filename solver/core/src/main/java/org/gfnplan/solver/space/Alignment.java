package org.gfnplan.solver.space;

/**
 * A power of two of frames that an address must be a multiple of.
 *
 * <p>Invariant: {@code frames} is a power of two, {@code 1 <= frames <= Gfn.LIMIT}.
 *
 * @param frames the alignment in frames
 */
public record Alignment(long frames) {
  /** Every frame is aligned. */
  public static final Alignment NONE = new Alignment(1);

  public Alignment {
    if (frames < 1 || frames > Gfn.LIMIT || Long.bitCount(frames) != 1) {
      throw new IllegalArgumentException(
          "alignment must be a power of two of frames in 1..0x%x: frames=0x%x"
              .formatted(Gfn.LIMIT, frames));
    }
  }

  /** The largest aligned gfn that is not above {@code gfn}. */
  public long down(long gfn) {
    return gfn & -frames;
  }

  /** The smallest aligned gfn that is not below {@code gfn}. */
  public long up(long gfn) {
    return (gfn + frames - 1) & -frames;
  }

  /** Whether {@code gfn} is a multiple of this alignment. */
  public boolean accepts(long gfn) {
    return (gfn & (frames - 1)) == 0;
  }
}
