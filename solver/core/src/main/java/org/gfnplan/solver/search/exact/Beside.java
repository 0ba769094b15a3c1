package org.gfnplan.solver.search.exact;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What fixed regions leave free; most regions keep clear of the same ones. */
final class Beside {
  private final Model model;
  private final Map<BitSet, FreeList> known = new HashMap<>();

  Beside(Model model) {
    this.model = model;
  }

  /** The frames that none of these fixed regions takes; not to be changed. */
  FreeList of(BitSet regions) {
    return known.computeIfAbsent(regions, this::free);
  }

  private FreeList free(BitSet regions) {
    FreeList free = FreeList.all();
    for (int r = regions.nextSetBit(0); r >= 0; r = regions.nextSetBit(r + 1)) {
      free.take(model.startLo[r], model.startLo[r] + model.lengthLo[r]);
    }
    return free;
  }
}
