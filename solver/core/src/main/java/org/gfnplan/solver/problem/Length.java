package org.gfnplan.solver.problem;

import org.gfnplan.solver.space.Gfn;

/**
 * How many frames a region may take: fixed when {@code min == max}, else stretchable.
 *
 * <p>Invariant: {@code 0 <= min <= max <= Gfn.LIMIT} and {@code max >= 1}. A region of length 0 is
 * empty: it has a start but takes no frame.
 *
 * @param min the fewest frames
 * @param max the most frames
 */
public record Length(long min, long max) {
  public Length {
    if (min < 0 || min > max || max < 1 || max > Gfn.LIMIT) {
      throw new IllegalArgumentException(
          "length must satisfy 0 <= min <= max and 1 <= max <= 0x%x: min=0x%x max=0x%x"
              .formatted(Gfn.LIMIT, min, max));
    }
  }

  /** Exactly {@code frames}, at least 1. */
  public static Length fixed(long frames) {
    return new Length(frames, frames);
  }

  /** Whether there is only one length to choose. */
  public boolean isFixed() {
    return min == max;
  }
}
