package org.gfnplan.models.platform.ideal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pmem.PmemRules;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** M1 to M4: windows of memory devices on a machine that knows no tool's limits. */
final class IdealPmem {
  private static final long FOUR_GIB = 1L << (32 - Gfn.SHIFT);

  /** What a page table entry of the second level maps, and device-dax's own default. */
  private static final long USUAL_ALIGNMENT = 2L << 20;

  private IdealPmem() {}

  /** Where stated windows end, so that RAM may go on behind them. */
  static List<GfnRange> stated(Guest guest) {
    List<GfnRange> found = new ArrayList<>();
    for (PmemWindow window : guest.pmem()) {
      Stated<Long> at = window.startByte();
      if (at != null) {
        long start = Gfn.floor(at.value());
        found.add(new GfnRange(start, Math.min(Gfn.LIMIT, start + PmemRules.frames(window))));
      }
    }
    return found;
  }

  /** Adds a region for each window; {@code ram} is what they keep clear of, besides each other. */
  static List<Region> place(Draft draft, Scene scene, List<Region> ram) {
    Map<PmemWindow, Region> windows = PmemRules.windows(draft, scene.guest());
    List<Region> left = new ArrayList<>(windows.values());
    windows.forEach(
        (window, region) -> {
          left.remove(region);
          List<Region> others = new ArrayList<>(ram);
          others.addAll(left);
          draft.rule(new Rule.Apart(region.statement(), region, others));
          start(draft, window, region);
          Statement high =
              Statement.required(
                  "M12",
                  "memory devices lie above 4 GiB",
                  Origin.builtIn("IdealPmem.java", "below 4 GiB is left to RAM and registers"));
          draft.rule(new Rule.Within(high, region, GfnSet.of(new GfnRange(FOUR_GIB, Gfn.LIMIT))));
        });
    PmemRules.backing(draft, scene, windows);
    return List.copyOf(windows.values());
  }

  private static void start(Draft draft, PmemWindow window, Region region) {
    Stated<Long> at = window.startByte();
    if (at != null) {
      Statement there =
          Statement.required(
              "M4",
              "`%s` starts at %s".formatted(window.name(), Sizes.address(at.value())),
              at.origin());
      draft.rule(new Rule.Pinned(there, region, Gfn.floor(at.value())));
      draft.change(
          there,
          List.of(
              change(
                  window,
                  "address",
                  "`%s` without a stated address".formatted(window.name()),
                  window.alignmentBytes(),
                  null)));
    }
    Stated<Long> stated = window.alignmentBytes();
    // Who states an address means it, whatever would be chosen for one who does not.
    long bytes = stated == null ? (at == null ? USUAL_ALIGNMENT : Gfn.BYTES) : stated.value();
    if (bytes > Gfn.BYTES) {
      Statement aligned =
          Statement.required(
              "M11",
              "`%s` starts at a multiple of %s".formatted(window.name(), Sizes.size(bytes)),
              stated == null ? Origin.builtIn("IdealPmem.java", "2 MiB pages") : stated.origin());
      draft.rule(new Rule.Aligned(aligned, region, new Alignment(Gfn.floor(bytes))));
      if (stated != null) {
        draft.change(
            aligned,
            List.of(
                change(
                    window,
                    "alignment",
                    "`%s` aligned to %s".formatted(window.name(), Sizes.size(USUAL_ALIGNMENT)),
                    null,
                    at)));
      }
    }
  }

  private static Change change(
      PmemWindow window,
      String what,
      String title,
      @Nullable Stated<Long> alignment,
      @Nullable Stated<Long> start) {
    return new Change(
        "pmem %s %s".formatted(window.name(), what),
        title,
        Change.SETTING,
        null,
        window.origin(),
        guest ->
            guest.withPmem(
                guest.pmem().stream()
                    .map(
                        each ->
                            each.name().equals(window.name())
                                ? each.placed(alignment, start)
                                : each)
                    .toList()));
  }
}
