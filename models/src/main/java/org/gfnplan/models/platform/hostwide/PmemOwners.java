package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.HostModel.Writing;
import org.gfnplan.models.platform.pmem.PmemBacking;
import org.gfnplan.models.platform.pmem.PmemChanges;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.p2m.index.GfnIndex;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;

/** X7 to X9: no frame of the host's persistent memory is in two guests. */
final class PmemOwners {
  /*
   * A guest owns all of what backs its window, not only as much as the window has: the process that
   * maps it is given a file or a device as a whole. What the host's sources do not place is told
   * apart by its name alone.
   */
  private static final Statement ONCE =
      Statement.required(
          "X9",
          "persistent memory is in one guest at a time",
          Origin.builtIn("persistent memory", "writes of two guests would destroy each other's"));

  /** An extent of what backs a window of a guest. */
  private record Placed(int guest, GfnRange frames, Region region) {}

  private final Writing writing;
  private final List<Placed> placed = new ArrayList<>();
  private final Map<String, Map<Integer, Region>> unplaced = new LinkedHashMap<>();

  PmemOwners(Writing writing) {
    this.writing = writing;
  }

  void add() {
    for (int guest = 0; guest < writing.tenants.size(); guest++) {
      for (PmemWindow window : writing.tenants.get(guest).guest().pmem()) {
        add(guest, window);
      }
    }
    keepApart();
    for (Map<Integer, Region> same : unplaced.values()) {
      List<Region> regions = List.copyOf(same.values());
      for (int i = 0; i < regions.size(); i++) {
        for (Region other : regions.subList(i + 1, regions.size())) {
          writing.together(ONCE, regions.get(i), other);
        }
      }
    }
  }

  /** Only of extents that share a frame: they cannot move, and there are many in a file. */
  private void keepApart() {
    GfnIndex index = GfnIndex.of(placed.stream().map(Placed::frames).toList());
    List<TreeSet<Integer>> met = new ArrayList<>();
    placed.forEach(one -> met.add(new TreeSet<>()));
    index.join(
        index,
        (one, other) -> {
          int first = index.id(one);
          int second = index.id(other);
          if (first < second && placed.get(first).guest() != placed.get(second).guest()) {
            met.get(first).add(second);
          }
        });
    for (int i = 0; i < met.size(); i++) {
      if (!met.get(i).isEmpty()) {
        List<Region> others = met.get(i).stream().map(other -> placed.get(other).region()).toList();
        writing.draft.rule(new Rule.Apart(ONCE, placed.get(i).region(), others));
      }
    }
  }

  private void add(int guest, PmemWindow window) {
    Stated<String> name = window.backing();
    if (name == null) {
      return;
    }
    Tenant tenant = writing.tenants.get(guest);
    HostPmem backing = PmemBacking.of(writing.host, window);
    String owner = "`%s` of %s".formatted(window.name(), tenant.label());
    Statement has =
        Statement.required(
            "X7",
            "%s is on %s"
                .formatted(
                    owner, backing == null ? "`%s`".formatted(name.value()) : backing.label()),
            name.origin());
    if (backing != null) {
      place(guest, owner, has, backing);
    } else {
      Map<Integer, Region> same =
          unplaced.computeIfAbsent(name.value(), n -> new LinkedHashMap<>());
      if (!same.containsKey(guest)) {
        String subject = "`%s`".formatted(name.value());
        Region region = writing.owned("%s behind %s".formatted(subject, owner), subject, has);
        writing.draft.rule(new Rule.Pinned(has, region, guest));
        same.put(guest, region);
      }
    }
    Scene scene = new Scene(writing.host, tenant.guest());
    PmemChanges.rebase(scene, window)
        .forEach(change -> writing.change(has, HostChange.of(guest, tenant.guest(), change)));
    writing.change(has, HostChange.of(guest, tenant.guest(), PmemChanges.drop(window)));
  }

  private void place(int guest, String owner, Statement has, HostPmem backing) {
    int part = 0;
    for (ByteRange extent : backing.extents()) {
      part++;
      GfnRange frames = GfnRange.coveringBytes(extent.startByte(), extent.endByte());
      Statement there =
          Statement.required(
              "X8",
              "%s %s host memory %s"
                  .formatted(
                      backing.label(),
                      backing.extents().size() == 1 ? "is" : "has",
                      Sizes.range(extent.startByte(), extent.endByte())),
              backing.origin());
      Region region =
          writing.draft.region(
              backing.extents().size() == 1 ? owner : "part %d of %s".formatted(part, owner),
              "pmem",
              Length.fixed(frames.length()),
              has);
      writing.draft.rule(new Rule.Pinned(there, region, frames.start()));
      placed.add(new Placed(guest, frames, region));
    }
  }
}
