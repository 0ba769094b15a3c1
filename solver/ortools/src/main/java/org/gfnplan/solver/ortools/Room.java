package org.gfnplan.solver.ortools;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Where one region may lie and how long it may be, by its own required rules alone.
 *
 * @param region whose room it is
 * @param step what its start is a multiple of, at least 1
 * @param starts the addresses its start may have, cut to multiples of {@code step}, ascending
 * @param minLength the fewest frames
 * @param maxLength the most frames; 0 when it is always empty
 * @param pieces the runs of frames it may lie in while it is not empty, ascending, each cut to
 *     begin at a possible start
 * @param allowed where its rules let it lie, before obstacles and steps are looked at
 */
record Room(
    Region region,
    long step,
    List<Span> starts,
    long minLength,
    long maxLength,
    List<GfnRange> pieces,
    GfnSet allowed) {
  Room {
    starts = List.copyOf(starts);
    pieces = List.copyOf(pieces);
  }

  /** The room of a region whose start is a multiple of {@code step} in {@code window}. */
  static Room of(Region region, long step, List<Span> window, long min, long max, GfnSet allowed) {
    return of(region, step, window, min, max, allowed, allowed);
  }

  private static Room of(
      Region region,
      long step,
      List<Span> window,
      long min,
      long max,
      GfnSet free,
      GfnSet allowed) {
    List<Span> onGrid = Span.onGrid(window, step);
    List<Span> inPieces = new ArrayList<>();
    List<GfnRange> pieces = new ArrayList<>();
    long longest = 0;
    long least = Math.max(1, min);
    for (GfnRange range : free.ranges()) {
      List<Span> here = Span.onGrid(Span.cut(onGrid, range.start(), range.end() - least), step);
      if (!here.isEmpty()) {
        inPieces.addAll(here);
        GfnRange piece = new GfnRange(here.get(0).first(), range.end());
        pieces.add(piece);
        longest = Math.max(longest, piece.length());
      }
    }
    return new Room(
        region, step, min > 0 ? inPieces : onGrid, min, Math.min(max, longest), pieces, allowed);
  }

  /** This room, where the region keeps clear of some frames as well. */
  Room without(GfnSet taken) {
    return of(region, step, starts, minLength, maxLength, GfnSet.of(pieces).minus(taken), allowed);
  }

  /** Whether no start or no length is left. */
  boolean isImpossible() {
    return starts.isEmpty() || minLength > maxLength;
  }

  /** Whether it has no frame in any layout. */
  boolean isAlwaysEmpty() {
    return maxLength == 0;
  }

  /** Whether it may have no frame. */
  boolean mayBeEmpty() {
    return minLength == 0;
  }

  boolean hasFixedLength() {
    return minLength == maxLength;
  }

  /** The smallest possible start. */
  long firstStart() {
    return starts.get(0).first();
  }

  /** The largest possible start. */
  long lastStart() {
    return starts.get(starts.size() - 1).last();
  }

  /** Whether it takes the same frames in every layout, and at least one. */
  boolean isFixed() {
    return !mayBeEmpty() && hasFixedLength() && firstStart() == lastStart();
  }

  /** The frames of a fixed region. */
  GfnRange fixedRange() {
    return GfnRange.at(firstStart(), minLength);
  }

  /** Every frame it might take. */
  GfnSet reach() {
    List<GfnRange> frames = new ArrayList<>();
    for (GfnRange piece : pieces) {
      long last = Math.max(piece.start(), Math.min(lastStart(), piece.end() - 1)) + maxLength;
      frames.add(new GfnRange(piece.start(), Math.min(piece.end(), last)));
    }
    return GfnSet.of(frames);
  }
}
