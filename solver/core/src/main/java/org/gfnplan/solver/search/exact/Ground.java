package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part in which fixed neighbours are ground that is taken, and no regions to be ordered. */
final class Ground {
  /*
   * To keep apart from regions with one place is to lie in one gap between them. Said like that, a
   * look at the gaps moves a bound past every neighbour at once, and the search never branches on
   * whether it is before or after a region that cannot move.
   */
  private final Model model;
  private final boolean[] fixed;
  private final Beside beside;
  private final BitSet[] taken;
  private final @Nullable FreeList[] within;
  private final List<Constraint> left = new ArrayList<>();

  private Ground(Model model, boolean[] fixed) {
    this.model = model;
    this.fixed = fixed;
    beside = new Beside(model);
    taken = new BitSet[model.size()];
    within = new FreeList[model.size()];
  }

  /** The same part, with the fixed regions that its members keep clear of as gaps. */
  static Part under(Part part, Model model, boolean[] fixed) {
    Ground ground = new Ground(model, fixed);
    for (Constraint constraint : part.constraints()) {
      if (constraint instanceof Separate separate) {
        ground.separate(separate);
      } else if (constraint instanceof Confined confined && confined.isRequired()) {
        ground.within(confined.region).keep(confined.allowed);
      } else {
        ground.left.add(constraint);
      }
    }
    for (int r : part.members()) {
      ground.confine(r);
    }
    return new Part(part.members(), ground.left, part.terms());
  }

  private void separate(Separate separate) {
    if (fixed[separate.region]) {
      for (int other : separate.others) {
        take(separate, other, separate.region);
      }
      return;
    }
    int[] moving = new int[separate.others.length];
    int count = 0;
    for (int other : separate.others) {
      if (fixed[other]) {
        take(separate, separate.region, other);
      } else {
        moving[count++] = other;
      }
    }
    if (count > 0) {
      left.add(separate.from(Arrays.copyOf(moving, count)));
    }
  }

  private void take(Separate separate, int region, int from) {
    if (separate.isRequired()) {
      if (taken[region] == null) {
        taken[region] = new BitSet(model.size());
      }
      taken[region].set(from);
    } else {
      BitSet one = new BitSet();
      one.set(from);
      left.add(new Confined(separate.statement, false, region, new Ranges(beside.of(one))));
    }
  }

  private FreeList within(int region) {
    FreeList list = within[region];
    if (list == null) {
      list = FreeList.all();
      within[region] = list;
    }
    return list;
  }

  private void confine(int region) {
    if (taken[region] != null) {
      within(region).keep(beside.of(taken[region]));
    }
    FreeList list = within[region];
    if (list != null) {
      left.add(new Confined(-1, true, region, new Ranges(list)));
    }
  }
}
