package org.gfnplan.solver.p2m;

import java.util.List;
import org.gfnplan.solver.space.GfnRange;

/** What came of the wish for an identity mapping. */
public sealed interface IdentityOutcome {
  /** What was asked for. */
  GfnRange range();

  /** Whether it failed; then nothing of it is there. */
  boolean isRefused();

  /** Every frame lies at its own address now. */
  record Mapped(GfnRange range) implements IdentityOutcome {
    @Override
    public boolean isRefused() {
      return false;
    }
  }

  /**
   * The same mapping is there already and has one more holder.
   *
   * @param range what was asked for
   * @param holders how many hold it now
   */
  record Counted(GfnRange range, int holders) implements IdentityOutcome {
    @Override
    public boolean isRefused() {
      return false;
    }
  }

  /**
   * Frames that something else backs were left as they are; all others are mapped.
   *
   * @param range what was asked for
   * @param left what was left, by address, cut to {@code range}; not empty
   */
  record Partial(GfnRange range, List<Extent> left) implements IdentityOutcome {
    public Partial {
      left = List.copyOf(left);
    }

    @Override
    public boolean isRefused() {
      return false;
    }
  }

  /**
   * Something else backs a frame.
   *
   * @param range what was asked for
   * @param inTheWay the first such extent, cut to {@code range}
   */
  record Taken(GfnRange range, Extent inTheWay) implements IdentityOutcome {
    @Override
    public boolean isRefused() {
      return true;
    }
  }

  /**
   * Another identity mapping holds some of the frames: of another range, or with another access.
   *
   * @param range what was asked for
   * @param held the range of the other
   * @param access its access
   */
  record HeldOtherwise(GfnRange range, GfnRange held, Access access) implements IdentityOutcome {
    @Override
    public boolean isRefused() {
      return true;
    }
  }
}
