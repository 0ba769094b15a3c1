package org.gfnplan.models.platform.pmem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnSet;

/** The M rules that do not depend on who places a window: M1 what it is, M6 what backs it. */
public final class PmemRules {
  /** The kind of regions and map entries that are windows. */
  public static final String KIND = "pmem";

  private PmemRules() {}

  /** What the region and the map entry of a window are called. */
  public static String regionName(PmemWindow window) {
    return "%s `%s`".formatted(kind(window), window.name());
  }

  private static String kind(PmemWindow window) {
    return window.kind() == PmemWindow.Kind.NVDIMM ? "NVDIMM" : "DIMM";
  }

  /** The frames of a window without its label area, which lies at the end and is not mapped. */
  public static long frames(PmemWindow window) {
    return Math.max(1, Gfn.floor(window.bytes().value() - window.labelBytes()));
  }

  /** M1: a region for each window, in order; the size is what the guest states. */
  public static Map<PmemWindow, Region> windows(Draft draft, Guest guest) {
    Map<PmemWindow, Region> regions = new LinkedHashMap<>();
    for (PmemWindow window : guest.pmem()) {
      long frames = frames(window);
      Statement there =
          Statement.required(
              "M10",
              "the guest has the %s of %s"
                  .formatted(regionName(window), Bytes.format(Gfn.toBytes(frames))),
              window.bytes().origin());
      regions.put(window, draft.region(regionName(window), KIND, Length.fixed(frames), there));
      draft.change(there, List.of(PmemChanges.drop(window)));
    }
    return regions;
  }

  /** M6: no window is larger than what backs it, as far as the host says how large that is. */
  public static void backing(Draft draft, Scene scene, Map<PmemWindow, Region> windows) {
    windows.forEach(
        (window, region) -> {
          HostPmem backing = PmemBacking.of(scene.host(), window);
          if (backing != null) {
            fit(draft, scene, window, region, backing);
          }
        });
  }

  private static void fit(
      Draft draft, Scene scene, PmemWindow window, Region region, HostPmem backing) {
    long usable = Gfn.floor(backing.bytes());
    Statement large =
        Statement.required(
            "M6",
            "the %s behind `%s` has %s%s"
                .formatted(
                    backing.label(),
                    window.name(),
                    Bytes.format(backing.bytes()),
                    window.labelBytes() == 0
                        ? ""
                        : ", %s of it for the label".formatted(Bytes.format(window.labelBytes()))),
            backing.origin());
    draft.rule(
        new Rule.Sized(large, region, 0, Math.max(0, usable - Gfn.ceil(window.labelBytes()))));
    List<Change> ways = new ArrayList<>(PmemChanges.rebase(scene, window));
    if (Gfn.toBytes(usable) > window.labelBytes()) {
      ways.add(PmemChanges.resize(window, Gfn.toBytes(usable)));
    }
    draft.change(large, ways);
  }

  /** M7: a platform without memory devices has no place for any. */
  public static void refuse(Draft draft, Guest guest, Statement why) {
    windows(draft, guest)
        .values()
        .forEach(region -> draft.rule(new Rule.Within(why, region, GfnSet.empty())));
  }
}
