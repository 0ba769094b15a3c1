package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A join tells the pairs that a look for each range tells, in the same order. */
class JoinFuzzTest {
  static LongStream seeds() {
    return LongStream.range(0, 1500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tellsWhatLooksForEachRangeTell(long seed) {
    GfnIndex mine = GfnIndex.of(RandomRanges.of(seed));
    GfnIndex other = GfnIndex.of(RandomRanges.of(new Random(seed).nextInt(3000)));
    List<List<Integer>> expected = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      int position = i;
      other.visit(
          mine.start(i), mine.end(i), (met, from, to) -> expected.add(List.of(position, met)));
    }
    List<List<Integer>> pairs = new ArrayList<>();
    mine.join(other, (i, j) -> pairs.add(List.of(i, j)));
    // One after another, because there may be a hundred thousand to print.
    for (int i = 0; i < Math.min(expected.size(), pairs.size()); i++) {
      assertEquals(expected.get(i), pairs.get(i), "seed " + seed + ", pair " + i);
    }
    assertEquals(expected.size(), pairs.size(), "seed " + seed);
  }
}
