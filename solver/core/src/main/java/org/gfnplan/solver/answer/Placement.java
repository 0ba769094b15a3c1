package org.gfnplan.solver.answer;

import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Where a region lies.
 *
 * <p>Invariant: {@code 0 <= start}, {@code 0 <= length}, {@code start + length <= Gfn.LIMIT}.
 *
 * @param region what was placed
 * @param start its first gfn
 * @param length its frames; 0 when it is empty
 */
public record Placement(Region region, long start, long length) {
  public Placement {
    if (start < 0 || length < 0 || start > Gfn.LIMIT - length) {
      throw new IllegalArgumentException(
          "placement must lie in 0..0x%x: region=%s start=0x%x length=0x%x"
              .formatted(Gfn.LIMIT, region.name(), start, length));
    }
  }

  /** One past the last gfn. */
  public long end() {
    return start + length;
  }

  /** Whether the region takes no frame. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The frames taken, or null when there are none. */
  public @Nullable GfnRange range() {
    return isEmpty() ? null : new GfnRange(start, end());
  }

  /** The address of an edge of this region. */
  public long at(Edge.Side side) {
    return side == Edge.Side.START ? start : end();
  }
}
