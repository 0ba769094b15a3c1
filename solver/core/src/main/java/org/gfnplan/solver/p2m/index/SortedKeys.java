package org.gfnplan.solver.p2m.index;

import java.util.Arrays;

/**
 * Sorted keys of 0 to 2^63 - 1, equal ones among them, and how many are less than a given one.
 *
 * <p>A look makes no object, reads one or two pairs in a table and five or seven keys, and takes no
 * branch that is hard to guess unless the keys are very uneven.
 */
class SortedKeys {
  /*
   * A table over the high bits of a key says where in the keys its bucket begins. Of the at most 31
   * keys in a bucket seven probes in three steps find the place; probes of a step do not wait for
   * each other, so the processor starts on the next look before this one is done. A bucket with more
   * keys gets a table of its own over the next bits; only where keys crowd, so an even space costs
   * one table and a skewed one two or three.
   *
   * tables[b] is the place, or ~at of an inner table: tables[at] is its shift, its buckets follow.
   * After the last bucket of a table comes where it ends, so tables[b + 1] says where bucket b ends.
   * Where keys do not fit the caches, small buckets are told apart: five probes within two cache
   * lines beat seven within five. Elsewhere a wrong guess would cost more than the probes.
   */
  static final int LEAF = 31;

  /** Keys in a bucket on average, up to twice as many; more make the table smaller. */
  private static final int PER_BUCKET = 3;

  /** Where {@link #rankWithin} has but few keys to look at. */
  private static final int FEW = 8;

  /** With fewer keys than these a look finds what it reads in the caches. */
  private static final int MANY = 1 << 16;

  /** Read by the search with vectors as well. */
  final long[] keys;

  private final int size;
  private final int shift;
  private final long last;
  private final int buckets;
  private final boolean many;
  private final int few;
  private int[] tables;
  private int used;

  /**
   * Takes the first {@code size} of {@code keys}; {@link #room} says how long the array must be.
   */
  static SortedKeys of(long[] keys, int size, KeySearch search) {
    return search.keys(keys, size, size >= MANY);
  }

  /** With the phases and the search for many keys, or for those that fit the caches. */
  SortedKeys(long[] keys, int size, boolean many) {
    assert isAscending(keys, size) : "keys must be sorted";
    Arrays.fill(keys, size, keys.length, Long.MAX_VALUE);
    this.keys = keys;
    this.size = size;
    this.many = many;
    few = many ? FEW : -1;
    last = size == 0 ? 0 : keys[size - 1];
    shift = shiftFor(64 - Long.numberOfLeadingZeros(last), size);
    buckets = (int) (last >>> shift) + 1;
    // One more than where the last bucket ends: the empty bucket of what is after the last key.
    used = buckets + 2;
    tables = new int[used];
    fill(0, 0, buckets, shift, 0, size);
    tables[buckets + 1] = size;
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
    return rankAt(entry(key), key);
  }

  /** Puts into {@code ranks} what {@link #rank} says of the first {@code count} keys wanted. */
  final void ranks(long[] wanted, int count, int[] ranks) {
    boolean ascending = isAscending(wanted, count);
    if (ascending && merged(wanted, count, ranks)) {
      return;
    }
    if (ascending || !many) {
      for (int i = 0; i < count; i++) {
        ranks[i] = rank(wanted[i]);
      }
      return;
    }
    // One phase for each miss that the next one waits for, so that as many as the processor can
    // follow are under way. The first two stores are there for what they read.
    for (int i = 0; i < count; i++) {
      ranks[i] = tables[(int) (Math.min(wanted[i], last) >>> shift)];
    }
    for (int i = 0; i < count; i++) {
      ranks[i] = entry(wanted[i]);
    }
    for (int i = 0; i < count; i++) {
      int place = tables[ranks[i]];
      // Keys are not negative, so this adds nothing.
      ranks[i] += (int) ((keys[place] | keys[place + FEW - 1]) >>> 63);
    }
    for (int i = 0; i < count; i++) {
      ranks[i] = rankAt(ranks[i], wanted[i]);
    }
  }

  /** Walks through the keys beside {@code wanted}, both ascending, if that is not too far. */
  private boolean merged(long[] wanted, int count, int[] ranks) {
    if (count == 0) {
      return true;
    }
    int rank = rank(wanted[0]);
    if (rank(wanted[count - 1]) - rank > count) {
      return false;
    }
    long[] keys = this.keys;
    for (int i = 0; i < count; i++) {
      long key = wanted[i];
      while (keys[rank] < key) {
        rank++;
      }
      ranks[i] = rank;
    }
    return true;
  }

  /** Where in the tables the bucket of {@code key} is. */
  private int entry(long key) {
    if (key > last) {
      return buckets;
    }
    int[] tables = this.tables;
    int bits = shift;
    int at = (int) (key >>> bits);
    int place = tables[at];
    while (place < 0) {
      int inner = tables[~place];
      at = -place + ((int) (key >>> inner) & ((1 << (bits - inner)) - 1));
      place = tables[at];
      bits = inner;
    }
    return at;
  }

  private int rankAt(int entry, long key) {
    int place = tables[entry];
    int end = tables[entry + 1];
    return rankWithin(place, end < 0 ? place + LEAF : end, key);
  }

  /**
   * The rank of {@code key}, whose bucket begins at {@code place}. What is at {@code end} is not
   * less, if the bucket has no more than {@link #LEAF} keys; if it has, all of them are equal.
   */
  int rankWithin(int place, int end, long key) {
    int rank = place;
    if (end - place <= few) {
      rank +=
          (less(place + 1, key)
                  + less(place + 3, key)
                  + less(place + 5, key)
                  + less(place + 7, key))
              << 1;
      return rank + less(rank, key);
    }
    rank += (less(rank + 7, key) + less(rank + 15, key) + less(rank + 23, key)) << 3;
    rank += (less(rank + 1, key) + less(rank + 3, key) + less(rank + 5, key)) << 1;
    return rank + less(rank, key);
  }

  /** 1 when the key at a place is less; differences of non-negative longs do not overflow. */
  private int less(int place, long key) {
    return (int) ((keys[place] - key) >>> 63);
  }

  /** Whether the Vector API is used for it. */
  boolean usesVectors() {
    return false;
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
    tables[at + buckets] = to;
  }

  private int inner(long base, int bits, int from, int to) {
    int innerBits = Math.min(bits - 1, shiftFor(bits, to - from));
    int buckets = 1 << (bits - innerBits);
    int at = used;
    used = Math.addExact(used, buckets + 2);
    if (used > tables.length) {
      tables = Arrays.copyOf(tables, (int) Math.min(Integer.MAX_VALUE - 8, used * 5L / 4));
    }
    tables[at] = innerBits;
    fill(at + 1, base, buckets, innerBits, from, to);
    return at;
  }

  private static boolean isAscending(long[] keys, int size) {
    for (int i = 1; i < size; i++) {
      if (keys[i] < keys[i - 1]) {
        return false;
      }
    }
    return size == 0 || keys[0] >= 0;
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
