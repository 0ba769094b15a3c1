package org.gfnplan.models.platform.rules;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** G1: what a guest can address. */
public final class AddressWidth {
  private AddressWidth() {}

  /** The region lies where the guest's addresses reach; null when no width is stated. */
  public static Rule.@Nullable Within of(Guest guest, Region region) {
    Stated<Integer> bits = guest.machine().physicalBits();
    if (bits == null) {
      return null;
    }
    Statement width =
        Statement.required(
            "G1", "guest addresses have %d bits".formatted(bits.value()), bits.origin());
    return new Rule.Within(
        width, region, GfnSet.of(new GfnRange(0, 1L << (bits.value() - Gfn.SHIFT))));
  }
}
