package org.gfnplan.solver.explain;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All ways to take one hitting set of every tangle: first each one once, then all. */
final class Combinations {
  private final List<Tangle> tangles;
  private final int longest;
  private final int[] digits;
  private int diagonal;
  private boolean isOver;

  Combinations(List<Tangle> tangles) {
    this.tangles = tangles;
    longest = tangles.stream().mapToInt(tangle -> tangle.hitting().size()).max().orElse(1);
    digits = new int[tangles.size()];
  }

  /** The next one, which may have been there before; null when there are no more. */
  @Nullable BitSet next() {
    if (diagonal < longest) {
      for (int i = 0; i < digits.length; i++) {
        digits[i] = diagonal % tangles.get(i).hitting().size();
      }
      BitSet found = taken();
      diagonal++;
      if (diagonal == longest) {
        Arrays.fill(digits, 0);
      }
      return found;
    }
    if (isOver) {
      return null;
    }
    BitSet found = taken();
    int place = digits.length - 1;
    while (place >= 0 && ++digits[place] == tangles.get(place).hitting().size()) {
      digits[place--] = 0;
    }
    isOver = place < 0;
    return found;
  }

  private BitSet taken() {
    BitSet all = new BitSet();
    for (int i = 0; i < digits.length; i++) {
      all.or(tangles.get(i).hitting().get(digits[i]));
    }
    return all;
  }
}
