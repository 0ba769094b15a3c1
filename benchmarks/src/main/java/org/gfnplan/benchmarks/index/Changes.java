package org.gfnplan.benchmarks.index;

import java.util.Arrays;

/**
 * Operations on a set of disjoint extents: 80 % queries, 10 % inserts if the frames are free (one
 * in five are not), 10 % removals (one in five of what is not there).
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Changes(byte[] kinds, long[] starts, long[] ends) {
  static final byte QUERY = 0;
  static final byte INSERT = 1;
  static final byte REMOVE = 2;

  /** Operations of one run, from the full set on. */
  static final int COUNT = 1 << 21;

  private static final long SEED = 0x5EED_0005L;

  static Changes of(Extents extents, Extents.Space space) {
    SplitMix64 random = new SplitMix64(SEED + extents.size());
    Queries queries = extents.queries(space, COUNT);
    Changes changes =
        new Changes(new byte[COUNT], queries.starts().clone(), queries.ends().clone());
    int size = extents.size();
    // Those that are there come first, those that were removed after them.
    int[] places = new int[size];
    Arrays.setAll(places, i -> i);
    int there = size;
    for (int i = 0; i < COUNT; i++) {
      long kind = random.below(10);
      if (kind >= 2) {
        continue;
      }
      boolean inserts = kind == 0;
      boolean odd = random.below(5) == 0 || (inserts && there == size);
      boolean ofThere = inserts == odd;
      if (!ofThere && there == size) {
        ofThere = true;
        odd = false;
      }
      int at = (int) (ofThere ? random.below(there) : there + random.below(size - there));
      changes.kinds[i] = inserts ? INSERT : REMOVE;
      changes.starts[i] = extents.starts()[places[at]];
      changes.ends[i] = extents.ends()[places[at]];
      if (!odd) {
        int border = inserts ? there++ : --there;
        int kept = places[at];
        places[at] = places[border];
        places[border] = kept;
      }
    }
    return changes;
  }

  /** Runs the first operations and tells what they said, as one number. */
  long run(ChangingPeer peer, int operations) {
    long said = 0;
    for (int i = 0; i < operations; i++) {
      boolean yes =
          switch (kinds[i]) {
            case INSERT -> peer.insert(starts[i], ends[i]);
            case REMOVE -> peer.remove(starts[i], ends[i]);
            default -> peer.any(starts[i], ends[i]);
          };
      said = said * 31 + (yes ? kinds[i] + 1 : 0);
    }
    return said;
  }
}
