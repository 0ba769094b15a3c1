package org.gfnplan.solver.problem;

/**
 * An address that a layout decides: the start or the end of a region.
 *
 * @param region whose edge
 * @param side which edge
 */
public record Edge(Region region, Side side) {
  /** Which of the two edges. */
  public enum Side {
    /** The first frame. */
    START,
    /** One past the last frame. */
    END
  }

  /** The address of this edge when its region has this start and length. */
  public long at(long start, long length) {
    return side == Side.START ? start : start + length;
  }
}
