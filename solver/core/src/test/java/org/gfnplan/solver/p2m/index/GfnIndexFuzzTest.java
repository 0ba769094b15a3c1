package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index says what looking at every range says, whatever the ranges are. */
class GfnIndexFuzzTest {
  private static final int QUERIES = 400;

  /** Ranges with the place each had in the input, in the order the index promises. */
  record Numbered(GfnRange range, int id) {}

  static LongStream seeds() {
    return LongStream.range(0, 3000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void saysWhatEveryRangeSays(long seed) {
    List<GfnRange> ranges = RandomRanges.of(seed);
    if (difference(ranges, seed) != null) {
      List<GfnRange> least = shrunk(ranges, seed);
      fail("seed %d: %s of %s".formatted(seed, difference(least, seed), least));
    }
  }

  @Test
  void aMillionLooksAtDisjointRangesSayWhatATreeSays() {
    int looks = 0;
    for (long seed = 1; seed <= 50; seed++) {
      NavigableMap<Long, Long> tree = RandomRanges.disjoint(seed, 20_000);
      GfnIndex index = GfnIndex.of(RandomRanges.shuffled(tree, seed));
      assertTrue(index.isDisjoint());
      Random random = new Random(seed);
      for (int i = 0; i < 20_000; i++) {
        GfnRange query = RandomRanges.near(index, random);
        Map.Entry<Long, Long> floor = tree.floorEntry(query.end() - 1);
        boolean expected = floor != null && floor.getValue() > query.start();
        assertEquals(expected, index.any(query.start(), query.end()), "seed " + seed + query);
        looks++;
      }
    }
    assertEquals(1_000_000, looks);
  }

  @Test
  void theRangesAreOfEveryKind() {
    int disjoint = 0;
    int equal = 0;
    int atTheEnds = 0;
    int many = 0;
    for (long seed : seeds().toArray()) {
      List<GfnRange> ranges = RandomRanges.of(seed);
      disjoint += GfnIndex.of(ranges).isDisjoint() ? 1 : 0;
      equal += ranges.stream().distinct().count() < ranges.size() ? 1 : 0;
      atTheEnds +=
          ranges.stream().anyMatch(r -> r.start() == 0)
                  && ranges.stream().anyMatch(r -> r.end() == Gfn.LIMIT)
              ? 1
              : 0;
      many += ranges.size() > 200 ? 1 : 0;
    }
    List<Integer> seen = List.of(disjoint, equal, atTheEnds, many);
    assertTrue(seen.stream().allMatch(n -> n > 100), seen::toString);
  }

  @Test
  void shrinkingLeavesOnlyWhatIsNeeded() {
    GfnRange needed = GfnRange.at(5, 2);
    List<GfnRange> ranges = List.of(GfnRange.at(1, 1), needed, GfnRange.at(9, 1));
    assertEquals(List.of(needed), least(ranges, tried -> tried.contains(needed)));
  }

  private static List<GfnRange> shrunk(List<GfnRange> ranges, long seed) {
    return least(ranges, tried -> difference(tried, seed) != null);
  }

  private static List<GfnRange> least(List<GfnRange> ranges, Predicate<List<GfnRange>> claim) {
    List<GfnRange> least = new ArrayList<>(ranges);
    for (int length = least.size(); length >= 1; length /= 2) {
      int at = 0;
      while (at + length <= least.size()) {
        List<GfnRange> tried = new ArrayList<>(least);
        tried.subList(at, at + length).clear();
        if (claim.test(tried)) {
          least = tried;
        } else {
          at += length;
        }
      }
    }
    return least;
  }

  /** The first difference, or null. */
  private static @Nullable String difference(List<GfnRange> ranges, long seed) {
    try {
      return compare(ranges, seed);
    } catch (RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  private static @Nullable String compare(List<GfnRange> ranges, long seed) {
    GfnIndex index = GfnIndex.of(ranges);
    List<Numbered> sorted = sorted(ranges);
    for (int i = 0; i < sorted.size(); i++) {
      if (!sorted.get(i).equals(new Numbered(range(index, i), index.id(i)))) {
        return "position %d is %s".formatted(i, range(index, i));
      }
    }
    Random random = new Random(seed);
    int queries = ranges.size() > 200 ? QUERIES / 4 : QUERIES;
    long[] starts = new long[queries];
    long[] ends = new long[queries];
    List<List<Integer>> expected = new ArrayList<>();
    for (int i = 0; i < queries; i++) {
      GfnRange query = RandomRanges.near(index, random);
      starts[i] = query.start();
      ends[i] = query.end();
      expected.add(met(sorted, query));
      String wrong = oneByOne(index, query, expected.get(i));
      if (wrong != null) {
        return wrong;
      }
    }
    return batches(index, starts, ends, expected);
  }

  private static @Nullable String oneByOne(GfnIndex index, GfnRange query, List<Integer> expected) {
    List<Integer> visited = new ArrayList<>();
    boolean[] same = {true};
    index.visit(
        query.start(),
        query.end(),
        (position, start, end) -> {
          visited.add(position);
          same[0] &= start == index.start(position) && end == index.end(position);
        });
    boolean right =
        visited.equals(expected)
            && same[0]
            && index.any(query.start(), query.end()) == !expected.isEmpty()
            && index.first(query.start(), query.end()) == firstOf(expected)
            && index.count(query.start(), query.end()) == expected.size();
    return right ? null : query + " visits " + visited + ", not " + expected;
  }

  private static @Nullable String batches(
      GfnIndex index, long[] starts, long[] ends, List<List<Integer>> expected) {
    long[] bits = new long[starts.length / 64 + 2];
    Arrays.fill(bits, -1);
    int[] firsts = new int[starts.length];
    int[] counts = new int[starts.length];
    int any = index.any(starts, ends, bits);
    index.first(starts, ends, firsts);
    index.count(starts, ends, counts);
    for (int i = 0; i < bits.length * 64; i++) {
      boolean met = i < starts.length && !expected.get(i).isEmpty();
      if ((bits[i / 64] >>> i & 1) != (met ? 1 : 0)) {
        return "bit %d of a batch".formatted(i);
      }
    }
    boolean right =
        any == expected.stream().filter(met -> !met.isEmpty()).count()
            && IntStream.range(0, firsts.length)
                .allMatch(i -> firsts[i] == firstOf(expected.get(i)))
            && IntStream.range(0, counts.length).allMatch(i -> counts[i] == expected.get(i).size());
    return right ? null : "a batch";
  }

  private static int firstOf(List<Integer> positions) {
    return positions.isEmpty() ? GfnIndex.NONE : positions.get(0);
  }

  private static GfnRange range(GfnIndex index, int position) {
    return new GfnRange(index.start(position), index.end(position));
  }

  private static List<Numbered> sorted(List<GfnRange> ranges) {
    List<Numbered> sorted = new ArrayList<>();
    for (GfnRange range : ranges) {
      sorted.add(new Numbered(range, sorted.size()));
    }
    sorted.sort(Comparator.comparing(Numbered::range));
    return sorted;
  }

  private static List<Integer> met(List<Numbered> sorted, GfnRange query) {
    List<Integer> met = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).range().overlaps(query)) {
        met.add(i);
      }
    }
    return met;
  }
}
