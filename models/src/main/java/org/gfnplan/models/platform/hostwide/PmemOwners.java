package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.HostModel.Writing;
import org.gfnplan.models.platform.pmem.PmemBacking;
import org.gfnplan.models.platform.pmem.PmemChanges;
import org.gfnplan.models.words.Sizes;
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

  private final Writing writing;
  private final Map<Integer, List<Region>> placed = new LinkedHashMap<>();
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
    List<Integer> owners = List.copyOf(placed.keySet());
    for (int i = 0; i < owners.size(); i++) {
      List<Region> others = new ArrayList<>();
      owners
          .subList(i + 1, owners.size())
          .forEach(o -> others.addAll(placed.getOrDefault(o, List.of())));
      for (Region region :
          others.isEmpty() ? List.<Region>of() : placed.getOrDefault(owners.get(i), List.of())) {
        writing.draft.rule(new Rule.Apart(ONCE, region, others));
      }
    }
    for (Map<Integer, Region> same : unplaced.values()) {
      List<Region> regions = List.copyOf(same.values());
      for (int i = 0; i < regions.size(); i++) {
        for (Region other : regions.subList(i + 1, regions.size())) {
          writing.together(ONCE, regions.get(i), other);
        }
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
      placed.computeIfAbsent(guest, g -> new ArrayList<>()).add(region);
    }
  }
}
