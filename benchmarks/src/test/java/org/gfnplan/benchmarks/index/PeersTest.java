package org.gfnplan.benchmarks.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gfnplan.solver.space.Gfn;
import org.junit.jupiter.api.Test;

/** Rivals are asked the same and say the same, or their times would mean nothing. */
class PeersTest {
  private static final int QUERIES = 5_000;

  private static final List<Integer> SIZES = List.of(1_000, 4_000);

  @Test
  void allSayTheSameOfDisjointExtents() {
    for (Extents.Space space : Extents.Space.values()) {
      for (int size : SIZES) {
        Extents extents = Extents.of(space, size);
        Queries queries = extents.queries(space, QUERIES);
        String expected = said(new Linear(extents.starts(), extents.ends()), queries, true);
        for (String name : DisjointPeers.NAMES) {
          if (DisjointPeers.holds(name, space)) {
            boolean counts = !name.equals("guava-range-set");
            assertEquals(
                counts ? expected : expected.split(" counts ")[0],
                said(DisjointPeers.named(name, extents.shuffled()), queries, counts),
                name + " " + space + " " + size);
          }
        }
      }
    }
  }

  @Test
  void allSayTheSameOfRangesThatOverlap() {
    for (Ranges.Space space : Ranges.Space.values()) {
      Ranges ranges = Ranges.of(space, 5_000);
      Queries queries = ranges.queries(space, QUERIES);
      OverlapPeer tree = OverlapPeer.named("htsjdk-tree", ranges);
      for (String name : OverlapPeer.NAMES) {
        OverlapPeer peer = OverlapPeer.named(name, ranges);
        for (int i = 0; i < queries.size(); i++) {
          long start = queries.starts()[i];
          long end = queries.ends()[i];
          assertEquals(tree.any(start, end), peer.any(start, end), name);
          assertEquals(tree.count(start, end), peer.count(start, end), name);
          if (!name.equals("binary-search")) {
            assertEquals(tree.visit(start, end), peer.visit(start, end), name);
          }
        }
      }
    }
  }

  @Test
  void allSayTheSameWhileExtentsChange() {
    for (Extents.Space space : Extents.Space.values()) {
      Extents extents = Extents.of(space, 2_000);
      Changes changes = Changes.of(extents, space);
      long expected = changes.run(ChangingPeer.filled("treemap", extents), 200_000);
      for (String name : ChangingPeer.NAMES) {
        long said = changes.run(ChangingPeer.filled(name, extents), 200_000);
        assertEquals(expected, said, name + " " + space);
      }
    }
  }

  @Test
  void changesAreOfTheMixThatIsNamed() {
    Extents extents = Extents.of(Extents.Space.UNIFORM, 100_000);
    Changes changes = Changes.of(extents, Extents.Space.UNIFORM);
    ChangingPeer peer = ChangingPeer.filled("treemap", extents);
    int[][] seen = new int[3][2];
    for (int i = 0; i < Changes.COUNT; i++) {
      long start = changes.starts()[i];
      long end = changes.ends()[i];
      byte kind = changes.kinds()[i];
      boolean yes =
          kind == Changes.INSERT
              ? peer.insert(start, end)
              : kind == Changes.REMOVE ? peer.remove(start, end) : peer.any(start, end);
      seen[kind][yes ? 1 : 0]++;
    }
    double all = Changes.COUNT;
    assertEquals(0.8, (seen[0][0] + seen[0][1]) / all, 0.01);
    for (int kind = 1; kind <= 2; kind++) {
      assertEquals(0.02, seen[kind][0] / all, 0.005, Arrays.deepToString(seen));
      assertEquals(0.08, seen[kind][1] / all, 0.005, Arrays.deepToString(seen));
    }
  }

  @Test
  void extentsFillTheirSpace() {
    for (int size : List.of(1_000, 10_000, 100_000, 1_000_000)) {
      for (Extents.Space space : Extents.Space.values()) {
        Extents extents = Extents.of(space, size);
        long last = extents.ends()[size - 1];
        assertTrue(last <= (space == Extents.Space.INT ? Integer.MAX_VALUE : Gfn.LIMIT), "" + last);
        assertTrue(
            IntStream.range(1, size).allMatch(i -> extents.ends()[i - 1] <= extents.starts()[i]));
        long touching =
            IntStream.range(1, size)
                .filter(i -> extents.ends()[i - 1] == extents.starts()[i])
                .count();
        assertEquals(0.5, touching / (double) size, 0.05);
      }
    }
    assertArrayEquals(
        Extents.of(Extents.Space.SKEWED, 1_000).starts(),
        Extents.of(Extents.Space.SKEWED, 1_000).starts());
  }

  @Test
  void aNameThatNobodyHasIsRefused() {
    Extents extents = Extents.of(Extents.Space.INT, 10);
    assertThrows(IllegalArgumentException.class, () -> DisjointPeers.named("list", extents));
    assertThrows(IllegalArgumentException.class, () -> ChangingPeer.named("list"));
  }

  private static String said(DisjointPeer peer, Queries queries, boolean counts) {
    long any = 0;
    long first = 0;
    long count = 0;
    for (int i = 0; i < queries.size(); i++) {
      long start = queries.starts()[i];
      long end = queries.ends()[i];
      any = any * 31 + (peer.any(start, end) ? 1 : 0);
      first = first * 31 + peer.first(start, end);
      count = count * 31 + (counts ? peer.count(start, end) : 0);
    }
    long[] bits = new long[(queries.size() + 63) / 64];
    int met = peer.any(queries, bits);
    String said = "any %d first %d met %d %s".formatted(any, first, met, Arrays.hashCode(bits));
    return counts ? said + " counts " + count : said;
  }

  /** One after another, to be sure of. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Linear(long[] starts, long[] ends) implements DisjointPeer {
    @Override
    public boolean any(long start, long end) {
      return count(start, end) > 0;
    }

    @Override
    public long first(long start, long end) {
      for (int i = 0; i < starts.length; i++) {
        if (starts[i] < end && ends[i] > start) {
          return Math.max(start, starts[i]);
        }
      }
      return -1;
    }

    @Override
    public int count(long start, long end) {
      int count = 0;
      for (int i = 0; i < starts.length; i++) {
        count += starts[i] < end && ends[i] > start ? 1 : 0;
      }
      return count;
    }

    @Override
    public Object structure() {
      return this;
    }
  }
}
