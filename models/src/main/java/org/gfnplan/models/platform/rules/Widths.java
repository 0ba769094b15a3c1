package org.gfnplan.models.platform.rules;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/**
 * How many address bits each party has: G1 the guest, V1 the IOMMU, V5 the processor, V6 privacy.
 */
public final class Widths {
  private static final int MOST_BITS = 52;

  /**
   * One party's bits.
   *
   * @param statement who says so
   * @param bits how many
   */
  private record Limit(Statement statement, int bits) {}

  private final List<Limit> limits = new ArrayList<>();

  private Widths() {}

  /** The widths that bound what a guest of this scene can address. */
  public static Widths of(Scene scene) {
    Widths widths = new Widths();
    Guest guest = scene.guest();
    Host host = scene.host();
    widths.add("G1", "guest addresses have %d bits", guest.machine().physicalBits());
    widths.add("V5", "the host's processor has %d address bits", host.cpuPhysicalBits());
    if (!guest.devices().isEmpty() || !guest.pci().pool().isEmpty()) {
      widths.add("V1", "the host's IOMMU translates %d address bits", host.iommuBits());
    }
    widths.add(
        "V6",
        "address bit %d tells private from shared memory, so addresses end below it",
        guest.machine().privateBit());
    return widths;
  }

  private void add(String id, String text, @Nullable Stated<Integer> bits) {
    if (bits != null && bits.value() < MOST_BITS) {
      limits.add(
          new Limit(
              Statement.required(id, text.formatted(bits.value()), bits.origin()), bits.value()));
    }
  }

  /** The region lies where all of them reach. */
  public void bound(Draft draft, Region region) {
    limits.forEach(limit -> bound(draft, region, limit));
  }

  /** As {@link #bound}, by the limits of one id alone. */
  public void boundBy(String id, Draft draft, Region region) {
    for (Limit limit : limits) {
      if (limit.statement().id().equals(id)) {
        bound(draft, region, limit);
      }
    }
  }

  private static void bound(Draft draft, Region region, Limit limit) {
    long frames = 1L << (limit.bits() - Gfn.SHIFT);
    draft.rule(new Rule.Within(limit.statement(), region, GfnSet.of(new GfnRange(0, frames))));
  }

  /** States what a user could change about the limits of an id. */
  public void change(String id, Draft draft, Change way) {
    for (Limit limit : limits) {
      if (limit.statement().id().equals(id)) {
        draft.change(limit.statement(), List.of(way));
      }
    }
  }

  /** The first address, in bytes, that one of them does not reach. */
  public long endByte() {
    return 1L << limits.stream().mapToInt(Limit::bits).min().orElse(MOST_BITS);
  }
}
