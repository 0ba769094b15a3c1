package org.gfnplan.solver.search.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each closed form against the definition, frame by frame. */
class ClosedFormsTest {
  private static final int SPACE = 24;

  private static GfnSet set(Random random) {
    List<GfnRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      ranges.add(GfnRange.at(random.nextInt(SPACE - 4), 1 + random.nextInt(4)));
    }
    return GfnSet.of(ranges);
  }

  @Test
  void framesOutsideASetAreCountedAndFoundAgain() {
    for (long seed = 0; seed < 500; seed++) {
      GfnSet set = set(new Random(seed));
      Ranges ranges = new Ranges(set);
      for (long gfn = 0; gfn <= SPACE; gfn++) {
        long at = gfn;
        long outside = LongStream.range(0, at).filter(each -> !set.contains(each)).count();
        assertEquals(outside, ranges.outsideBelow(gfn), "seed " + seed);
      }
      for (long frames = 0; frames < SPACE / 2; frames++) {
        long wanted = frames;
        long first =
            LongStream.iterate(0, x -> x + 1)
                .filter(x -> ranges.outsideBelow(x) >= wanted)
                .findFirst()
                .orElseThrow();
        long last =
            LongStream.iterate(first, x -> x + 1)
                .filter(x -> ranges.outsideBelow(x + 1) > wanted)
                .findFirst()
                .orElseThrow();
        assertEquals(first, ranges.firstWithOutside(frames), "seed " + seed);
        assertEquals(last, ranges.lastWithOutside(frames), "seed " + seed);
      }
    }
  }

  @Test
  void thePreimageOfAnIntervalIsWhatLiesInIt() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Ranges except = new Ranges(set(random));
      long start = random.nextInt(SPACE / 2);
      long frames = random.nextInt(SPACE / 2);
      Curve unknown = new Curve.Unknown();
      Curve filling =
          new Curve.Filling(unknown, 0, 0, start, start + random.nextInt(2), except, frames);
      Curve rounded = new Curve.RoundedUp(filling, random.nextInt(5), 1 + random.nextInt(4));
      // Outside its domain a total cannot be met, whatever the curve says.
      long domain = filling.to(-Edges.FAR, Edges.FAR);
      for (Curve curve : List.of(unknown, filling, rounded)) {
        long lo = random.nextInt(2 * SPACE);
        long hi = lo + random.nextInt(6);
        for (long x = 0; x <= domain; x++) {
          boolean inside = lo <= curve.at(x) && curve.at(x) <= hi;
          assertEquals(inside, curve.from(lo, hi) <= x && x <= curve.to(lo, hi), "seed " + seed);
        }
      }
    }
  }

  @Test
  void aFillingEndsWhereBothRegionsAddUp() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Ranges except = new Ranges(set(random));
      long start = random.nextInt(SPACE);
      long frames = random.nextInt(SPACE / 2);
      Curve filling = new Curve.Filling(new Curve.Unknown(), 0, 0, start, start, except, frames);
      for (long x = 0; x <= Math.min(SPACE, filling.to(-Edges.FAR, Edges.FAR)); x++) {
        assertEquals(
            frames,
            except.outside(0, x) + except.outside(start, filling.at(x)),
            "seed %d, x %d".formatted(seed, x));
      }
    }
  }

  @Test
  void piecesMeetGridsAtCommonNumbers() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      long lo = random.nextInt(20);
      long hi = lo + random.nextInt(60);
      long at = random.nextInt(40) - 20L;
      long step = 1L + random.nextInt(9);
      long otherAt = random.nextInt(40) - 20L;
      long other = 1L + random.nextInt(9);
      Piece piece = Piece.of(lo, hi, at, step);
      Piece met = piece == null ? null : piece.onGrid(otherAt, other);
      List<Long> expected =
          LongStream.rangeClosed(lo, hi)
              .filter(x -> Math.floorMod(x - at, step) == 0)
              .filter(x -> Math.floorMod(x - otherAt, other) == 0)
              .boxed()
              .toList();
      assertEquals(expected, members(met), "round " + round);
    }
  }

  private static List<Long> members(@Nullable Piece piece) {
    List<Long> members = new ArrayList<>();
    for (long x = piece == null ? 1 : piece.first(); piece != null && x <= piece.last(); ) {
      members.add(x);
      x += piece.step();
    }
    return members;
  }

  @Test
  void spansAreSetsOfNumbers() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      boolean[] expected = new boolean[SPACE];
      Spans spans = Spans.none();
      for (int i = random.nextInt(6); i > 0; i--) {
        int from = random.nextInt(SPACE);
        int to = Math.min(SPACE - 1, from + random.nextInt(5) - 1);
        spans.add(from, to);
        for (int x = from; x <= to; x++) {
          expected[x] = true;
        }
      }
      Spans other = Spans.of(2, 9);
      other.add(12, 20);
      spans.clip(other);
      for (int x = 0; x < SPACE; x++) {
        boolean kept = expected[x] && ((2 <= x && x <= 9) || (12 <= x && x <= 20));
        assertEquals(kept, contains(spans, x), "seed %d, x %d".formatted(seed, x));
      }
    }
  }

  private static boolean contains(Spans spans, long x) {
    for (int i = 0; i < spans.count(); i++) {
      if (spans.lo(i) <= x && x <= spans.hi(i)) {
        return true;
      }
    }
    return false;
  }
}
