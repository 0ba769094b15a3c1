package org.gfnplan.solver.p2m.index;

import java.util.Arrays;

/**
 * Sorted keys of 0 to 2^63 - 1, equal ones among them, and how many are less than a given one.
 *
 * <p>A look makes no object, reads one or two entries of a table and seven keys, and takes no
 * branch that depends on the data unless the keys are very uneven.
 */
final class SortedKeys {
  /*
   * A table over the high bits of a key says where in the keys its bucket begins. Of the at most 31
   * keys in a bucket seven probes in three steps find the place; probes of a step do not wait for
   * each other, and nothing branches, so the processor starts on the next look before this one is
   * done. A bucket with more keys gets a table of its own over the next bits; only where keys crowd,
   * so an even space costs one table and a skewed one two or three.
   *
   * tables[b] is the place, or ~at of an inner table: tables[at] is its shift, its buckets follow.
   */
  private static final int LEAF = 31;

  /** Keys in a bucket on average; more make the table smaller and its inner tables more. */
  private static final int PER_BUCKET = 4;

  private final long[] keys;
  private final int size;
  private final int shift;
  private final long last;
  private int[] tables;
  private int used;

  /**
   * Takes the first {@code size} of {@code keys}; {@link #room} says how long the array must be.
   */
  SortedKeys(long[] keys, int size) {
    assert isAscending(keys, size) : "keys must be sorted";
    Arrays.fill(keys, size, keys.length, Long.MAX_VALUE);
    this.keys = keys;
    this.size = size;
    last = size == 0 ? -1 : keys[size - 1];
    shift = size == 0 ? 0 : shiftFor(64 - Long.numberOfLeadingZeros(last), size);
    int buckets = size == 0 ? 1 : (int) (last >>> shift) + 1;
    tables = new int[buckets];
    used = buckets;
    fill(0, 0, buckets, shift, 0, size);
    tables = Arrays.copyOf(tables, used);
    assert isRight();
  }

  /** How long an array of {@code size} keys must be, because probes look beyond the last. */
  static int room(int size) {
    return Math.addExact(size, LEAF + 1);
  }

  int size() {
    return size;
  }

  /** The key at a place; what lies at and after {@code size} is greater than every key. */
  long at(int place) {
    return keys[place];
  }

  /** How many keys are less than {@code key}, which is also the place of the first that is not. */
  int rank(long key) {
    return rankFrom(bucket(key), key);
  }

  /** Where the bucket of {@code key} begins: the first half of a look, for {@link #rankFrom}. */
  int bucket(long key) {
    if (key > last) {
      return size;
    }
    int[] tables = this.tables;
    int bits = shift;
    int place = tables[(int) (key >>> bits)];
    while (place < 0) {
      int inner = tables[~place];
      place = tables[-place + ((int) (key >>> inner) & ((1 << (bits - inner)) - 1))];
      bits = inner;
    }
    return place;
  }

  /** The rank of {@code key}, whose bucket begins at {@code place}. */
  int rankFrom(int place, long key) {
    int rank = place;
    rank += (less(rank + 7, key) + less(rank + 15, key) + less(rank + 23, key)) << 3;
    rank += (less(rank + 1, key) + less(rank + 3, key) + less(rank + 5, key)) << 1;
    rank += less(rank, key);
    return rank;
  }

  /** 1 when the key at a place is less; differences of non-negative longs do not overflow. */
  private int less(int place, long key) {
    return (int) ((keys[place] - key) >>> 63);
  }

  long bytes() {
    return 8L * keys.length + 4L * tables.length;
  }

  /**
   * The least shift that leaves no more buckets of {@code bits} than {@code count} keys deserve.
   */
  private static int shiftFor(int bits, int count) {
    int wanted = 31 - Integer.numberOfLeadingZeros(Math.max(1, count / PER_BUCKET));
    return Math.max(0, bits - wanted);
  }

  /** Fills the {@code buckets} at {@code at}, the first of which begins at key {@code base}. */
  private void fill(int at, long base, int buckets, int bits, int from, int to) {
    int begin = from;
    for (int bucket = 0; bucket < buckets; bucket++) {
      long first = base + ((long) bucket << bits);
      long end = first + (1L << bits);
      int next = begin;
      // The end of the last bucket may be beyond what a long holds.
      while (next < to && (keys[next] < end || end < 0)) {
        next++;
      }
      // Before the store, because a new inner table may move all of them.
      int entry = next - begin > LEAF && bits > 0 ? ~inner(first, bits, begin, next) : begin;
      tables[at + bucket] = entry;
      begin = next;
    }
  }

  private int inner(long base, int bits, int from, int to) {
    int innerBits = Math.min(bits - 1, shiftFor(bits, to - from));
    int buckets = 1 << (bits - innerBits);
    int at = used;
    used = Math.addExact(used, buckets + 1);
    if (used > tables.length) {
      tables = Arrays.copyOf(tables, (int) Math.min(Integer.MAX_VALUE - 8, used * 5L / 4));
    }
    tables[at] = innerBits;
    fill(at + 1, base, buckets, innerBits, from, to);
    return at;
  }

  private static boolean isAscending(long[] keys, int size) {
    for (int i = 0; i < size; i++) {
      if (keys[i] < (i == 0 ? 0 : keys[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private boolean isRight() {
    for (int i = 0; i < size; i++) {
      if ((i == 0 || keys[i - 1] < keys[i]) && (rank(keys[i]) != i)) {
        return false;
      }
    }
    return true;
  }
}
