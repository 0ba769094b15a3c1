package org.gfnplan.solver.p2m;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of so many extents that their blocks split and join. */
class P2mManyExtentsTest {
  private static final int FRAMES = 20_000;
  private static final int OPERATIONS = 150_000;
  private static final int FULL_LOOK_EVERY = 5_000;

  /** What is asked of a map. */
  private enum Word {
    INSERT,
    REPLACE,
    REMOVE,
    SNAPSHOT,
    RESTORE
  }

  /** An operation on frames from {@code start}; the host's frames start at {@code mfn}. */
  private record Operation(Word word, int start, int length, int mfn) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void doesWhatSingleFramesDo(long seed) {
    List<Operation> operations = random(seed);
    String difference = difference(operations, FULL_LOOK_EVERY);
    if (difference != null) {
      List<Operation> least = shrunk(operations);
      fail(
          "seed %d: %s, at last %s after %s"
              .formatted(seed, difference, difference(least, 1), least));
    }
  }

  @Test
  void ascendingInsertsFillTheBlocks() {
    P2mMap map = new P2mMap();
    for (long i = 0; i < 100_000; i++) {
      assertNull(map.insert(one(2 * i, 5)));
    }
    assertEquals(100_000, map.size());
    assertEquals(100_000, map.count(0, Gfn.LIMIT));
    assertEquals(50_000, map.count(0, 100_000));
    assertEquals(100_000, map.remove(new GfnRange(0, Gfn.LIMIT)));
    assertEquals(0, map.size());
    assertEquals(PageCounts.NONE, map.pages());
  }

  @Test
  void theFirstAndTheLastFrameAreFrames() {
    P2mMap map = new P2mMap();
    assertNull(map.insert(one(0, 7)));
    assertNull(map.insert(one(Gfn.LIMIT - 1, 9)));
    assertTrue(map.any(0, 1));
    assertTrue(map.any(Gfn.LIMIT - 1, Gfn.LIMIT));
    assertEquals(Gfn.LIMIT - 1, map.first(1, Gfn.LIMIT));
    assertEquals(2, map.remove(new GfnRange(0, Gfn.LIMIT)));
  }

  @Test
  void oneHugeExtentTakesThePlaceOfAMillionSmallOnes() {
    P2mMap map = new P2mMap();
    for (long i = 0; i < 1_000_000; i++) {
      map.insert(one(2 * i + 1, 5));
    }
    P2mSnapshot before = map.snapshot();
    map.replace(new Extent(new GfnRange(0, 1 << 22), 0, P2mType.RAM, Access.READ_WRITE_EXECUTE));
    assertEquals(1, map.size());
    assertEquals(16, map.pages().huge());
    assertEquals(1_000_000, before.size());
    map.restore(before);
    assertEquals(1_000_000, map.pages().small());
  }

  @Test
  void anExtentMayTakeTheWholeSpace() {
    P2mMap map = new P2mMap();
    assertNull(
        map.insert(Extent.anywhere(new GfnRange(0, Gfn.LIMIT), P2mType.RAM, Access.READ_WRITE)));
    for (long gfn : new long[] {0, 1, 1L << 23, Gfn.LIMIT - 1}) {
      assertEquals(gfn, map.first(gfn, gfn + 1));
      assertEquals(1, map.count(gfn, gfn + 1));
    }
    assertEquals(1, map.remove(new GfnRange(1L << 30, (1L << 30) + 1)));
    assertEquals(2, map.size());
    assertEquals(P2mView.NONE, map.first(1L << 30, (1L << 30) + 1));
    assertEquals((1L << 30) + 1, map.first(1L << 30, Gfn.LIMIT));
    assertEquals(2, map.count(0, Gfn.LIMIT));
    assertFalse(map.any(Gfn.LIMIT, Gfn.LIMIT + 1));
  }

  private static Extent one(long gfn, long mfn) {
    return new Extent(new GfnRange(gfn, gfn + 1), mfn, P2mType.SPECIAL, Access.READ);
  }

  /** The first difference to an array of frames, or null. */
  private static @Nullable String difference(List<Operation> operations, int fullLookEvery) {
    P2mMap map = new P2mMap();
    long[] mfns = new long[FRAMES];
    Arrays.fill(mfns, -1);
    P2mSnapshot kept = map.snapshot();
    long[] keptMfns = mfns.clone();
    Random looks = new Random(1);
    try {
      for (int i = 0; i < operations.size(); i++) {
        Operation operation = operations.get(i);
        GfnRange range = GfnRange.at(operation.start(), operation.length());
        switch (operation.word()) {
          case INSERT -> {
            boolean isFree = firstMapped(mfns, range) < 0;
            if ((map.insert(extent(operation)) == null) != isFree) {
              return i + ": " + operation;
            }
            if (isFree) {
              fill(mfns, operation);
            }
          }
          case REPLACE -> {
            map.replace(extent(operation));
            fill(mfns, operation);
          }
          case REMOVE -> {
            long mapped = 0;
            for (int gfn = operation.start(); gfn < operation.start() + operation.length(); gfn++) {
              mapped += mfns[gfn] < 0 ? 0 : 1;
              mfns[gfn] = -1;
            }
            if (map.remove(range) != mapped) {
              return i + ": " + operation;
            }
          }
          case SNAPSHOT -> {
            kept = map.snapshot();
            keptMfns = mfns.clone();
          }
          case RESTORE -> {
            map.restore(kept);
            mfns = keptMfns.clone();
          }
        }
        int start = looks.nextInt(FRAMES - 1);
        GfnRange look =
            new GfnRange(start, start + 1 + looks.nextInt(Math.min(64, FRAMES - start)));
        long first = firstMapped(mfns, look);
        if (map.first(look.start(), look.end()) != first
            || map.any(look.start(), look.end()) != (first >= 0)) {
          return i + ": a look at " + look;
        }
        if (i % fullLookEvery == 0 || i == operations.size() - 1) {
          String whole = whole(map, mfns);
          whole = whole == null ? whole(kept, keptMfns) : whole;
          if (whole != null) {
            return i + ": " + whole;
          }
        }
      }
    } catch (RuntimeException | AssertionError e) {
      return e.toString();
    }
    return null;
  }

  private static @Nullable String whole(P2mView map, long[] mfns) {
    List<Extent> wanted = new ArrayList<>();
    for (int gfn = 0; gfn < FRAMES; gfn++) {
      if (mfns[gfn] < 0) {
        continue;
      }
      int end = gfn + 1;
      while (end < FRAMES && mfns[end] == mfns[gfn] + (end - gfn)) {
        end++;
      }
      wanted.add(new Extent(new GfnRange(gfn, end), mfns[gfn], P2mType.RAM, Access.READ_WRITE));
      gfn = end - 1;
    }
    if (!map.all().equals(wanted) || map.size() != wanted.size()) {
      return "other extents";
    }
    if (map.count(0, FRAMES) != wanted.size()) {
      return "another count";
    }
    return map.pages().equals(FrameByFrame.pages(wanted)) ? null : "other pages";
  }

  private static long firstMapped(long[] mfns, GfnRange range) {
    for (long gfn = range.start(); gfn < range.end(); gfn++) {
      if (mfns[(int) gfn] >= 0) {
        return gfn;
      }
    }
    return P2mView.NONE;
  }

  private static Extent extent(Operation operation) {
    return new Extent(
        GfnRange.at(operation.start(), operation.length()),
        operation.mfn(),
        P2mType.RAM,
        Access.READ_WRITE);
  }

  private static void fill(long[] mfns, Operation operation) {
    for (int i = 0; i < operation.length(); i++) {
      mfns[operation.start() + i] = (long) operation.mfn() + i;
    }
  }

  /** Grows and shrinks in turn, so that blocks split and join; odd seeds move a busy spot about. */
  private static List<Operation> random(long seed) {
    Random random = new Random(seed);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      boolean grows = i / 20_000 % 2 == 0;
      int choice = random.nextInt(1000);
      Word word =
          choice < 2
              ? Word.SNAPSHOT
              : choice < 3
                  ? Word.RESTORE
                  : choice < 100
                      ? Word.REPLACE
                      : choice < (grows ? 750 : 350) ? Word.INSERT : Word.REMOVE;
      boolean isLong = random.nextInt(2000) == 0;
      int length = 1 + random.nextInt(isLong ? 3000 : 4);
      int spot = seed % 2 == 0 ? FRAMES : 2_000;
      int from = seed % 2 == 0 ? 0 : i / 10_000 * 1_000 % (FRAMES - spot);
      int start = Math.min(FRAMES - length, from + random.nextInt(spot));
      int mfn = random.nextInt(4) == 0 ? start + 512 : random.nextInt(1 << 20);
      operations.add(new Operation(word, start, length, mfn));
    }
    return operations;
  }

  /** Fewer operations that still make a difference. */
  private static List<Operation> shrunk(List<Operation> operations) {
    List<Operation> least = new ArrayList<>(operations);
    for (int length = least.size() / 2; length >= 1; length /= 2) {
      int at = 0;
      while (at + length <= least.size()) {
        List<Operation> tried = new ArrayList<>(least.subList(0, at));
        tried.addAll(least.subList(at + length, least.size()));
        if (difference(tried, FULL_LOOK_EVERY) != null) {
          least = tried;
        } else {
          at += length;
        }
      }
    }
    return least;
  }
}
