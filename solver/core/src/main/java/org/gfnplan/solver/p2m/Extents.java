package org.gfnplan.solver.p2m;

import java.util.Arrays;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** Extents that do not overlap, by address. */
final class Extents {
  /*
   * A tree of two levels: blocks of at most 64 extents, and a directory of the keys they end with.
   * At a million extents the directory is some 180 KiB and stays in a processor's cache, so a look
   * misses it where a block's keys are searched and nowhere else: a key has the last gfn of an
   * extent in its upper and the length in its lower bits, so what is found by the one is told from
   * the other. A change moves what is behind it in one block, and rarely the directory.
   *
   * A block is one array: keys, then what backs them, and only where a length does not fit its key
   * starts as well. Behind the keys of a block come greater ones, so that a look need not know how
   * many there are. Copies share blocks until one of them changes a block, which copies it.
   *
   * A position is a number of a block and of a place in it; positions ascend with addresses. It
   * holds until the next change.
   */
  private static final int SHIFT = 6;

  /** The most extents of a block. */
  static final int CAPACITY = 1 << SHIFT;

  private static final int PLACE = CAPACITY - 1;
  private static final int BACKINGS = CAPACITY;
  private static final int STARTS = 2 * CAPACITY;

  /** Bits of a key for the length; all of them mean that it is in the starts. */
  private static final int LENGTH_BITS = 63 - 40;

  private static final long MOST_LENGTH = (1L << LENGTH_BITS) - 1;

  private long[] lasts;
  private long[][] blocks;
  private int[] sizes;
  private boolean[] isOwn;
  private int count;
  private int size;

  Extents() {
    lasts = new long[4];
    blocks = new long[4][];
    sizes = new int[4];
    isOwn = new boolean[4];
  }

  private Extents(Extents other) {
    int room = other.count + other.count / 8 + 4;
    lasts = Arrays.copyOf(other.lasts, room);
    blocks = Arrays.copyOf(other.blocks, room);
    sizes = Arrays.copyOf(other.sizes, room);
    isOwn = new boolean[room];
    count = other.count;
    size = other.size;
  }

  /** The same extents, to be changed apart from these, which must not change any more. */
  Extents copy() {
    return new Extents(this);
  }

  int size() {
    return size;
  }

  /** The position behind the last extent. */
  int end() {
    return count << SHIFT;
  }

  /** The position of the next extent, or {@link #end}. */
  int next(int position) {
    int block = position >> SHIFT;
    return (position & PLACE) + 1 < sizes[block] ? position + 1 : (block + 1) << SHIFT;
  }

  /** The position of the extent before, or -1. */
  int previous(int position) {
    if ((position & PLACE) > 0) {
      return position - 1;
    }
    int block = (position >> SHIFT) - 1;
    return block < 0 ? -1 : (block << SHIFT) + sizes[block] - 1;
  }

  long start(int position) {
    long[] block = blocks[position >> SHIFT];
    long key = block[position & PLACE];
    long length = key & MOST_LENGTH;
    return length == MOST_LENGTH
        ? block[STARTS + (position & PLACE)]
        : (key >> LENGTH_BITS) + 1 - length;
  }

  long end(int position) {
    return (blocks[position >> SHIFT][position & PLACE] >> LENGTH_BITS) + 1;
  }

  private static long key(long start, long end) {
    return (end - 1) << LENGTH_BITS | Math.min(end - start, MOST_LENGTH);
  }

  /** What backs the extent, see {@link Backing}. */
  long backing(int position) {
    return blocks[position >> SHIFT][BACKINGS + (position & PLACE)];
  }

  Extent at(int position) {
    long backing = backing(position);
    return new Extent(
        new GfnRange(start(position), end(position)),
        Backing.mfn(backing),
        Backing.type(backing),
        Backing.access(backing));
  }

  /** The position of the first extent that ends after {@code gfn}; the end when none does. */
  int firstEndingAfter(long gfn) {
    long key = gfn << LENGTH_BITS;
    if (count == 0 || gfn >= Gfn.LIMIT || lasts[count - 1] < key) {
      return end();
    }
    int block = ceiling(lasts, count, key);
    return (block << SHIFT) + place(blocks[block], key);
  }

  /** The position of the first extent that starts at {@code gfn} or after; the end if none does. */
  int firstStartingFrom(long gfn) {
    int found = firstEndingAfter(gfn);
    return found < end() && start(found) < gfn ? next(found) : found;
  }

  /** The first of the first {@code length} keys that is at least {@code key}; the last one is. */
  private static int ceiling(long[] keys, int length, long key) {
    int found = 0;
    for (int rest = length; rest > 1; ) {
      int half = rest >>> 1;
      found = keys[found + half - 1] < key ? found + half : found;
      rest -= half;
    }
    return found;
  }

  /** The first key of a block that is at least {@code key}; one is. */
  private static int place(long[] block, long key) {
    int found = (less(block[15], key) + less(block[31], key) + less(block[47], key)) << 4;
    found +=
        (less(block[found + 3], key) + less(block[found + 7], key) + less(block[found + 11], key))
            << 2;
    return found
        + less(block[found], key)
        + less(block[found + 1], key)
        + less(block[found + 2], key);
  }

  private static int less(long first, long second) {
    return (int) ((first - second) >>> 63);
  }

  /** How many extents lie at {@code [from, to)}. */
  int countOf(int from, int to) {
    int last = to >> SHIFT;
    if (from >> SHIFT == last) {
      return to - from;
    }
    int found = (to & PLACE) - (from & PLACE);
    for (int block = from >> SHIFT; block < last; block++) {
      found += sizes[block];
    }
    return found;
  }

  /** Puts the extents of {@code others} where those at {@code [from, to)} are. */
  void splice(int from, int to, Run others) {
    size += others.size - countOf(from, to);
    int block = from >> SHIFT;
    int place = from & PLACE;
    if (block == count) {
      if (count == 0) {
        addBlock(0, 0);
      } else {
        block--;
        place = sizes[block];
      }
    }
    int last = to >> SHIFT;
    int stop = to & PLACE;
    if (last > block && stop == 0) {
      last--;
      stop = sizes[last];
    }
    if (last > block) {
      cut(block, place, sizes[block]);
      cut(last, 0, stop);
      removeBlocks(block + 1, sizes[last] == 0 ? last + 1 : last);
      stop = place;
    }
    put(block, place, stop, others);
    assert isNormalAround(block);
  }

  /** Puts extents into a block instead of those at {@code [place, stop)}, of which it has few. */
  private void put(int block, int place, int stop, Run others) {
    int target = block;
    int at = place;
    int until = stop;
    if (sizes[block] - (stop - place) + others.size > CAPACITY) {
      // Behind the last extent a new block starts empty, so that ascending inserts fill blocks.
      boolean appends = block == count - 1 && place == sizes[block];
      int half =
          appends ? place : place >= CAPACITY / 2 ? CAPACITY / 2 : Math.max(CAPACITY / 2, stop);
      split(block, half);
      if (place >= half) {
        target++;
        at -= half;
        until -= half;
      }
    }
    own(target);
    int behind = sizes[target] - until;
    if (at + others.size != until) {
      move(target, until, target, at + others.size, behind);
    }
    for (int i = 0; i < others.size; i++) {
      long key = key(others.starts[i], others.ends[i]);
      blocks[target][at + i] = key;
      blocks[target][BACKINGS + at + i] = others.backings[i];
      if ((key & MOST_LENGTH) == MOST_LENGTH) {
        widen(target);
        blocks[target][STARTS + at + i] = others.starts[i];
      }
    }
    resize(target, at + others.size + behind);
    settle(target);
  }

  /** Copies extents from a place in a block to a place in a block. */
  private void move(int source, int from, int target, int to, int extents) {
    if (blocks[source].length > blocks[target].length) {
      widen(target);
    }
    for (int column = 0; column < blocks[source].length; column += CAPACITY) {
      System.arraycopy(blocks[source], column + from, blocks[target], column + to, extents);
    }
  }

  /** Gives a block room for starts, if it has none. */
  private void widen(int block) {
    if (blocks[block].length == STARTS) {
      blocks[block] = Arrays.copyOf(blocks[block], STARTS + CAPACITY);
    }
  }

  /** Sets how many extents a block has; keys behind them become greater than all. */
  private void resize(int block, int extents) {
    if (extents < sizes[block]) {
      own(block);
      Arrays.fill(blocks[block], extents, sizes[block], Long.MAX_VALUE);
    }
    sizes[block] = extents;
  }

  /** Brings the directory up to date with a block that has changed. */
  private void settle(int block) {
    if (sizes[block] == 0) {
      removeBlocks(block, block + 1);
      return;
    }
    lasts[block] = blocks[block][sizes[block] - 1];
    if (sizes[block] < CAPACITY / 4) {
      if (block + 1 < count && sizes[block] + sizes[block + 1] <= CAPACITY / 2) {
        join(block);
      } else if (block > 0 && sizes[block - 1] + sizes[block] <= CAPACITY / 2) {
        join(block - 1);
      }
    }
  }

  /** Moves the extents of the next block to the end of a block. */
  private void join(int block) {
    own(block);
    move(block + 1, 0, block, sizes[block], sizes[block + 1]);
    sizes[block] += sizes[block + 1];
    lasts[block] = lasts[block + 1];
    removeBlocks(block + 1, block + 2);
  }

  /** Moves the extents from {@code half} on to a new block behind. */
  private void split(int block, int half) {
    int moved = sizes[block] - half;
    addBlock(block + 1, moved);
    move(block, half, block + 1, 0, moved);
    lasts[block + 1] = lasts[block];
    resize(block, half);
    lasts[block] = half == 0 ? -1 : blocks[block][half - 1];
  }

  /** Removes the extents at {@code [place, stop)} of a block, which may be empty then. */
  private void cut(int block, int place, int stop) {
    int behind = sizes[block] - stop;
    own(block);
    move(block, stop, block, place, behind);
    resize(block, place + behind);
    if (sizes[block] > 0) {
      lasts[block] = blocks[block][sizes[block] - 1];
    }
  }

  private void own(int block) {
    if (!isOwn[block]) {
      blocks[block] = blocks[block].clone();
      isOwn[block] = true;
    }
  }

  private void addBlock(int at, int extents) {
    if (count == lasts.length) {
      int room = count + count / 2;
      lasts = Arrays.copyOf(lasts, room);
      blocks = Arrays.copyOf(blocks, room);
      sizes = Arrays.copyOf(sizes, room);
      isOwn = Arrays.copyOf(isOwn, room);
    }
    moveBlocks(at, at + 1);
    blocks[at] = new long[2 * CAPACITY];
    Arrays.fill(blocks[at], extents, CAPACITY, Long.MAX_VALUE);
    sizes[at] = extents;
    isOwn[at] = true;
    count++;
  }

  private void removeBlocks(int from, int to) {
    moveBlocks(to, from);
    Arrays.fill(blocks, count - (to - from), count, null);
    count -= to - from;
  }

  private void moveBlocks(int from, int to) {
    System.arraycopy(lasts, from, lasts, to, count - from);
    System.arraycopy(blocks, from, blocks, to, count - from);
    System.arraycopy(sizes, from, sizes, to, count - from);
    System.arraycopy(isOwn, from, isOwn, to, count - from);
  }

  /** Whether a block and its neighbours are as they must be. */
  private boolean isNormalAround(int block) {
    for (int i = Math.max(0, block - 1); i < Math.min(count, block + 3); i++) {
      if (sizes[i] < 1 || sizes[i] > CAPACITY || lasts[i] != blocks[i][sizes[i] - 1]) {
        return false;
      }
      for (int at = sizes[i]; at < CAPACITY; at++) {
        if (blocks[i][at] != Long.MAX_VALUE) {
          return false;
        }
      }
      int position = i << SHIFT;
      for (int at = position; at < position + sizes[i]; at++) {
        int before = previous(at);
        boolean follows =
            before < 0
                || (end(before) <= start(at)
                    && !(end(before) == start(at)
                        && Backing.after(backing(before), end(before) - start(before))
                            == backing(at)));
        if (!follows || start(at) >= end(at)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A few extents by address that become one where they continue one another. */
  static final class Run {
    private static final int MOST = 3;

    private final long[] starts = new long[MOST];
    private final long[] ends = new long[MOST];
    private final long[] backings = new long[MOST];
    private int size;

    void clear() {
      size = 0;
    }

    int size() {
      return size;
    }

    long start(int index) {
      return starts[index];
    }

    long end(int index) {
      return ends[index];
    }

    long backing(int index) {
      return backings[index];
    }

    /** Adds one behind the others. */
    void add(long start, long end, long backing) {
      int last = size - 1;
      if (last >= 0
          && ends[last] == start
          && Backing.after(backings[last], start - starts[last]) == backing) {
        ends[last] = end;
        return;
      }
      starts[size] = start;
      ends[size] = end;
      backings[size] = backing;
      size++;
    }
  }
}
