package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.search.exact.Line.OutOfShape;

/** Which regions of a part depend on where containers end. */
final class Dependence {
  private final Model model;
  private final Part part;
  private final boolean[] fixed;
  private final Items items;
  private final List<Integer> containers = new ArrayList<>();

  Dependence(Model model, Part part, boolean[] fixed, Items items) {
    this.model = model;
    this.part = part;
    this.fixed = fixed;
    this.items = items;
    for (int r : items.others) {
      if (model.lengthLo[r] < model.lengthHi[r] && items.isContainer(r)) {
        containers.add(r);
      }
    }
  }

  /**
   * The regions to be placed later: the containers and whatever hangs from them, or, when nothing
   * else is left, all containers but one. Neither all nor none of the regions that are not packed.
   */
  boolean[] later() throws OutOfShape {
    boolean[] all = closure(-1);
    if (isUseful(all)) {
      return all;
    }
    for (int first : containers) {
      boolean[] others = closure(first);
      if (!others[first] && isUseful(others)) {
        return others;
      }
    }
    throw new OutOfShape();
  }

  private boolean isUseful(boolean[] later) {
    int count = 0;
    for (int r : items.others) {
      count += later[r] ? 1 : 0;
    }
    return count > 0 && count < items.others.length;
  }

  /** The containers, one of them apart, and the regions that are tied to their places. */
  private boolean[] closure(int apart) {
    boolean[] later = new boolean[model.size()];
    for (int r : containers) {
      later[r] = r != apart;
    }
    boolean[] packed = new boolean[model.size()];
    for (int r : items.regions) {
      packed[r] = true;
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Constraint constraint : part.constraints()) {
        moved |= constraint instanceof Following following && follow(following, later);
        moved |= constraint instanceof Total && spread(constraint.regions, later);
        moved |= constraint instanceof Unary.Same && spread(constraint.regions, later);
        moved |=
            constraint instanceof Nested nested
                && !packed[nested.region]
                && spread(constraint.regions, later);
      }
    }
    return later;
  }

  private boolean follow(Following following, boolean[] later) {
    for (int r : following.chain) {
      if (later[r] && !later[following.region] && !fixed[following.region]) {
        later[following.region] = true;
        return true;
      }
    }
    return false;
  }

  private boolean spread(int[] regions, boolean[] later) {
    boolean any = false;
    boolean all = true;
    for (int r : regions) {
      any |= later[r];
      all &= later[r] || fixed[r];
    }
    if (!any || all) {
      return false;
    }
    for (int r : regions) {
      later[r] = !fixed[r];
    }
    return true;
  }
}
