package org.gfnplan.models.platform.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.ReservedIova;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;

/** V2 and V3: addresses that an assigned device cannot use for DMA hold nothing it could reach. */
public final class IovaRules {
  /** AMD's HyperTransport range (Linux drivers/iommu/amd/amd_iommu_types.h, HT_RANGE_START). */
  private static final long HT_START = 0xfd_0000_0000L;

  private static final long HT_END = 0x100_0000_0000L;

  private IovaRules() {}

  /**
   * A range, and what says that it cannot be used.
   *
   * @param name what to call it
   * @param statement that it is there
   * @param frames where it is
   */
  private record Forbidden(String name, Statement statement, GfnRange frames) {}

  /** Where nothing that devices reach may lie; none for a guest without devices. */
  public static List<GfnRange> ranges(Scene scene, boolean direct) {
    return forbidden(scene, direct).stream().map(Forbidden::frames).toList();
  }

  /**
   * Adds them for guests with assigned devices.
   *
   * @param direct whether ranges that are mapped one to one count too, as they do for VFIO
   * @param reachable RAM, memory devices and windows that devices may send to
   */
  public static void add(Draft draft, Scene scene, boolean direct, List<Region> reachable) {
    for (Forbidden range : forbidden(scene, direct)) {
      PciAssignment first = scene.guest().devices().get(0);
      Region region =
          draft.region(
              range.name(), "iova", Length.fixed(range.frames().length()), range.statement());
      draft.rule(new Rule.Pinned(range.statement(), region, range.frames().start()));
      Statement dma =
          Statement.required(
              "V4",
              "%s is in the guest and can reach all of its memory".formatted(Words.device(first)),
              first.origin());
      draft.rule(new Rule.Apart(dma, region, reachable));
      draft.change(dma, List.of(dropAll(scene)));
    }
  }

  private static List<Forbidden> forbidden(Scene scene, boolean direct) {
    List<Forbidden> found = new ArrayList<>();
    if (scene.guest().devices().isEmpty()) {
      return found;
    }
    boolean hyperTransport = scene.host().iommu() == Host.Iommu.AMD;
    for (ReservedIova range : relevant(scene, direct)) {
      hyperTransport &= !(range.startByte() <= HT_START && range.endByte() >= HT_END);
      found.add(
          new Forbidden(
              "IOVA 0x%x".formatted(range.startByte()),
              Statement.required(
                  "V2",
                  "the IOMMU does not translate %s (%s)"
                      .formatted(
                          Sizes.range(range.startByte(), range.endByte()), range.kind().word()),
                  range.origin()),
              GfnRange.coveringBytes(range.startByte(), range.endByte())));
    }
    if (hyperTransport) {
      found.add(
          new Forbidden(
              "HyperTransport range",
              Statement.required(
                  "V3",
                  "AMD processors use %s for HyperTransport"
                      .formatted(Sizes.range(HT_START, HT_END)),
                  Origin.builtIn("drivers/iommu/amd/amd_iommu_types.h", "HT_RANGE_START")),
              GfnRange.coveringBytes(HT_START, HT_END)));
    }
    return found;
  }

  private static Change dropAll(Scene scene) {
    List<PciAssignment> devices = scene.guest().devices();
    return new Change(
        "drop all",
        devices.size() == 1
            ? "%s not assigned".formatted(Words.device(devices.get(0)))
            : "no device assigned",
        Change.DROP * devices.size(),
        null,
        devices.get(0).origin(),
        guest -> guest.withDevices(List.of()));
  }

  /** Of each range one, of the groups that the guest's devices are in where that is known. */
  private static List<ReservedIova> relevant(Scene scene, boolean direct) {
    Set<Integer> groups = groups(scene);
    Set<GfnRange> seen = new TreeSet<>();
    List<ReservedIova> found = new ArrayList<>();
    for (ReservedIova range : scene.host().reservedIova()) {
      Integer group = range.group();
      boolean ours = group == null || groups.isEmpty() || groups.contains(group);
      boolean counts =
          range.kind() == ReservedIova.Kind.RESERVED
              || range.kind() == ReservedIova.Kind.MSI
              || (direct && range.kind() == ReservedIova.Kind.DIRECT);
      if (ours && counts && seen.add(GfnRange.coveringBytes(range.startByte(), range.endByte()))) {
        found.add(range);
      }
    }
    return found;
  }

  /** The groups of the assigned devices; empty when one of them is not known. */
  private static Set<Integer> groups(Scene scene) {
    Set<Integer> groups = new TreeSet<>();
    List<HostDevice> listed = scene.host().devices();
    for (PciAssignment device : scene.guest().devices()) {
      Integer group = null;
      for (HostDevice function : listed == null ? List.<HostDevice>of() : listed) {
        if (function.address().equals(device.address())) {
          group = function.iommuGroup();
        }
      }
      if (group == null) {
        return Set.of();
      }
      groups.add(group);
    }
    return groups;
  }
}
