package org.gfnplan.solver.p2m;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * The identity mappings that devices hold in a map, as a hypervisor keeps them: whole ranges, each
 * with the number of its holders.
 */
public final class IdentityMappings {
  /** Instead of a number of holders: nobody holds the range. */
  public static final int UNKNOWN = -1;

  /*
   * Ranges that are held do not overlap, so the one that could meet a range is found by its start.
   * Whether a range is held is decided before the map is looked at: a holder of the same range is
   * only counted, even when frames of it were left to something else.
   */
  private final P2mMap map;
  private TreeMap<Long, Held> heldByStart = new TreeMap<>();

  /** The identity mappings of {@code map}, where nobody holds one yet. */
  public IdentityMappings(P2mMap map) {
    this.map = map;
  }

  /**
   * Adds a holder of {@code range}.
   *
   * @param skips whether frames that something else backs are left out, instead of refusing all
   */
  public IdentityOutcome add(GfnRange range, Access access, boolean skips) {
    Held met = meeting(range);
    if (met != null) {
      if (!met.range.equals(range) || met.access != access) {
        return new IdentityOutcome.HeldOtherwise(range, met.range, met.access);
      }
      heldByStart.put(range.start(), new Held(range, access, met.holders + 1));
      return new IdentityOutcome.Counted(range, met.holders + 1);
    }
    List<Extent> left = new ArrayList<>();
    for (Extent there : map.in(range)) {
      if (!there.isIdentity() || there.access() != access) {
        left.add(there);
      }
    }
    if (!left.isEmpty() && !skips) {
      return new IdentityOutcome.Taken(range, left.get(0));
    }
    mapFree(range, access);
    heldByStart.put(range.start(), new Held(range, access, 1));
    return left.isEmpty()
        ? new IdentityOutcome.Mapped(range)
        : new IdentityOutcome.Partial(range, left);
  }

  /**
   * Adds a holder of each range, or of none.
   *
   * @return what came of each up to the first that is refused; then nothing has changed
   */
  public List<IdentityOutcome> addAll(List<GfnRange> ranges, Access access, boolean skips) {
    P2mSnapshot before = map.snapshot();
    TreeMap<Long, Held> heldBefore = new TreeMap<>(heldByStart);
    List<IdentityOutcome> outcomes = new ArrayList<>();
    for (GfnRange range : ranges) {
      IdentityOutcome outcome = add(range, access, skips);
      outcomes.add(outcome);
      if (outcome.isRefused()) {
        map.restore(before);
        heldByStart = heldBefore;
        break;
      }
    }
    return outcomes;
  }

  /**
   * Takes one holder of {@code range} away and, with the last, its identity mappings.
   *
   * @return how many hold it still, or {@link #UNKNOWN} when nobody held exactly this range
   */
  public int remove(GfnRange range) {
    Held held = heldByStart.get(range.start());
    if (held == null || !held.range.equals(range)) {
      return UNKNOWN;
    }
    if (held.holders > 1) {
      heldByStart.put(range.start(), new Held(range, held.access, held.holders - 1));
      return held.holders - 1;
    }
    heldByStart.remove(range.start());
    for (Extent there : map.in(range)) {
      if (there.isIdentity()) {
        map.remove(there.range());
      }
    }
    return 0;
  }

  /** How many hold exactly {@code range}; 0 when nobody does. */
  public int holders(GfnRange range) {
    Held held = heldByStart.get(range.start());
    return held != null && held.range.equals(range) ? held.holders : 0;
  }

  /** The first range that is held and has a frame in {@code range}. */
  private @Nullable Held meeting(GfnRange range) {
    Map.Entry<Long, Held> before = heldByStart.floorEntry(range.start());
    if (before != null && before.getValue().range.overlaps(range)) {
      return before.getValue();
    }
    Map.Entry<Long, Held> after = heldByStart.higherEntry(range.start());
    return after != null && after.getValue().range.overlaps(range) ? after.getValue() : null;
  }

  private void mapFree(GfnRange range, Access access) {
    long from = range.start();
    for (Extent there : map.in(range)) {
      mapRun(from, there.range().start(), access);
      from = there.range().end();
    }
    mapRun(from, range.end(), access);
  }

  private void mapRun(long start, long end, Access access) {
    if (start < end) {
      map.replace(Extent.identity(new GfnRange(start, end), access));
    }
  }

  private record Held(GfnRange range, Access access, int holders) {}
}
