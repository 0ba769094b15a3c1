package org.gfnplan.models.platform.pci;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** P2: each register has a naturally aligned place of its own, wherever it can be decoded. */
public final class BarRules {
  private static final GfnSet BELOW_4_GIB = GfnSet.of(new GfnRange(0, 1L << (32 - Gfn.SHIFT)));

  private BarRules() {}

  /**
   * Adds a region for every register that wants memory, where nothing else decides its address.
   *
   * @param others regions that no register may lie on
   * @return the registers' regions
   */
  public static List<Region> add(Draft draft, Scene scene, Widths widths, List<Region> others) {
    List<Region> bars = new ArrayList<>();
    for (GuestFunction function : GuestFunctions.of(scene).all()) {
      for (Bar bar : function.memoryBars()) {
        bars.add(add(draft, scene, function, bar));
      }
    }
    for (int i = 0; i < bars.size(); i++) {
      Region region = bars.get(i);
      widths.bound(draft, region);
      List<Region> apart = new ArrayList<>(bars.subList(i + 1, bars.size()));
      apart.addAll(others);
      if (!apart.isEmpty()) {
        draft.rule(new Rule.Apart(region.statement(), region, apart));
      }
    }
    return bars;
  }

  private static Region add(Draft draft, Scene scene, GuestFunction function, Bar bar) {
    long frames = Math.max(1, Gfn.floor(bar.bytes()));
    boolean isWide = bar.space() == Bar.Space.MEMORY_64;
    Statement wants =
        Statement.required(
            "P2",
            "%s wants %s of its own, naturally aligned%s"
                .formatted(
                    function.label(bar), Sizes.size(bar.bytes()), isWide ? "" : " and below 4 GiB"),
            function.assigned() == null ? function.origin() : function.assigned().origin());
    Region region =
        draft.region(
            function.label(bar), "bar", Length.fixed(frames), new Alignment(frames), wants);
    if (!isWide) {
      draft.rule(new Rule.Within(wants, region, BELOW_4_GIB));
    }
    draft.change(wants, BarChanges.of(scene, function, bar));
    return region;
  }
}
