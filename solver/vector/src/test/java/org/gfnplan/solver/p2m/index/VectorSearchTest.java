package org.gfnplan.solver.p2m.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

class VectorSearchTest {
  @Test
  void manyRangesAreSearchedWithVectorsWhereTheProcessorHasThem() {
    boolean wide = new VectorSearch().isFast();
    long[] starts = new long[100_000];
    long[] ends = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = 2L * i;
      ends[i] = 2L * i + 1;
    }
    assertEquals(wide, GfnIndex.of(starts, ends).usesVectors());
    assertFalse(GfnIndex.withoutVectors(starts, ends).usesVectors());
  }

  @Test
  void vectorsAreRightOnEveryProcessor() {
    // SortedKeysTest takes them only where they are fast.
    for (int size : new int[] {0, 1, 7, 8, 9, 31, 32, 33, 1000}) {
      long[] keys = new long[SortedKeys.room(size)];
      for (int i = 0; i < size; i++) {
        keys[i] = i % 3 == 0 ? 5L * i : 5L * i - 5L * (i % 3);
      }
      SortedKeys sorted = assertInstanceOf(VectorKeys.class, vectors(keys, size));
      for (long key = 0; key < 5L * size + 2; key++) {
        int less = 0;
        while (less < size && keys[less] < key) {
          less++;
        }
        assertEquals(less, sorted.rank(key));
      }
    }
  }

  private static SortedKeys vectors(long[] keys, int size) {
    return new VectorSearch().keys(keys, size, true);
  }
}
