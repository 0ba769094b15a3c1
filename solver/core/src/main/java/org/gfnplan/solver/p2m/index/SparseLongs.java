package org.gfnplan.solver.p2m.index;

import java.util.Arrays;

/** What a few positions have in the place of what most have. */
final class SparseLongs {
  private int[] positions = new int[0];
  private long[] values = new long[0];
  private int size;

  /** Adds one behind the others. */
  void add(int position, long value) {
    if (size == positions.length) {
      int room = Math.addExact(size, size / 2 + 4);
      positions = Arrays.copyOf(positions, room);
      values = Arrays.copyOf(values, room);
    }
    positions[size] = position;
    values[size++] = value;
  }

  /** Gives back the room for more. */
  void trim() {
    positions = Arrays.copyOf(positions, size);
    values = Arrays.copyOf(values, size);
  }

  /** The value of a position that has one. */
  long at(int position) {
    return values[Arrays.binarySearch(positions, 0, size, position)];
  }

  long bytes() {
    return 4L * positions.length + 8L * values.length;
  }
}
