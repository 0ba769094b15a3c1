package org.gfnplan.solver.choco;

import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** How many frames below an address count for a total. */
final class Counted {
  private final long[] starts;
  private final long[] ends;

  /** All count but those in {@code except}; addresses are frames minus {@code base}. */
  Counted(GfnSet except, long base) {
    List<GfnRange> ranges = except.ranges();
    starts = ranges.stream().mapToLong(range -> range.start() - base).toArray();
    ends = ranges.stream().mapToLong(range -> range.end() - base).toArray();
  }

  /** The frames from coordinate 0 to this one that count. */
  long below(long at) {
    long frames = at;
    for (int i = 0; i < starts.length; i++) {
      frames -= Math.max(0, Math.min(ends[i], at) - Math.max(starts[i], 0));
    }
    return frames;
  }

  /** The lowest coordinate with at least {@code frames} below it. */
  long lowestWith(long frames) {
    if (frames <= 0) {
      return 0;
    }
    long at = frames;
    for (int i = 0; i < starts.length; i++) {
      if (ends[i] > 0 && Math.max(starts[i], 0) < at) {
        at += ends[i] - Math.max(starts[i], 0);
      }
    }
    return at;
  }

  /** The highest coordinate with at most {@code frames} below it; negative when there is none. */
  long highestWith(long frames) {
    return frames < 0 ? -1 : lowestWith(frames + 1) - 1;
  }
}
