package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;

/** Puts the reserved device memory of several sources together. */
final class ReservedMerge {
  /*
   * Sources talk about the same range when kind, start and end are equal. A range of any source is
   * kept: to plan around memory that is free costs space, to plan over memory that is taken costs
   * the guest. Only Xen's word that it ignores a range takes it away, because that is what the
   * hypervisor will do.
   */
  private final List<SourceFacts> sources;
  private final List<Finding> findings;
  private final Map<Place, List<Claim>> claims = new LinkedHashMap<>();

  ReservedMerge(List<SourceFacts> sources, List<Finding> findings) {
    this.sources = sources;
    this.findings = findings;
  }

  /** Every range once, by start, then end. */
  List<ReservedMemory> merged() {
    Map<Place, ReservedMemory> unused = new LinkedHashMap<>();
    for (SourceFacts source : sources) {
      for (ReservedMemory memory : source.reserved()) {
        claims
            .computeIfAbsent(Place.of(memory), place -> new ArrayList<>())
            .add(new Claim(source, memory));
      }
      source.unused().forEach(memory -> unused.putIfAbsent(Place.of(memory), memory));
    }
    unused.forEach(this::drop);
    List<ReservedMemory> merged = new ArrayList<>();
    for (List<Claim> claim : claims.values()) {
      findMissing(claim);
      merged.add(together(claim));
    }
    merged.sort(ReservedMemory.BY_ADDRESS);
    return merged;
  }

  private void drop(Place place, ReservedMemory memory) {
    claims.remove(place);
    findings.add(
        new Finding(
            Severity.NOTE,
            "rmrr-ignored-by-xen",
            "Xen ignores %s because none of its devices exists; nothing is reserved for it"
                .formatted(memory.label()),
            memory.origin()));
  }

  private void findMissing(List<Claim> claim) {
    Set<SourceFacts> having = new HashSet<>();
    claim.forEach(one -> having.add(one.source()));
    List<String> missing =
        sources.stream()
            .filter(source -> source.listsReserved() && !having.contains(source))
            .map(SourceFacts::document)
            .distinct()
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    int more = missing.size() - 1;
    disagree(
        "%s is not in %s%s"
            .formatted(
                claim.get(0).memory().label(),
                missing.get(0),
                more == 0 ? "" : " and %d more".formatted(more)),
        claim.get(0).memory().origin());
  }

  private ReservedMemory together(List<Claim> claim) {
    ReservedMemory kept = claim.get(0).memory();
    Set<SourceFacts> seen = new HashSet<>();
    for (Claim next : claim) {
      ReservedMemory memory = next.memory();
      if (!seen.add(next.source()) && memory.kind() == ReservedMemory.Kind.RMRR) {
        findings.add(ReservedCheck.overlap(memory, kept));
      }
      if (memory.devices().isEmpty() || memory.devices().equals(kept.devices())) {
        continue;
      }
      if (kept.devices().isEmpty()) {
        kept = memory;
      } else if (sameDevices(kept.devices(), memory.devices())) {
        kept = knownAddresses(memory) > knownAddresses(kept) ? memory : kept;
      } else {
        disagree(
            "%s is for other devices than in %s; it is taken to be for all of them"
                .formatted(memory.label(), kept.origin().shortForm()),
            memory.origin());
        Set<DeviceScope> all = new LinkedHashSet<>(kept.devices());
        all.addAll(memory.devices());
        kept = kept.withDevices(List.copyOf(all));
      }
    }
    return kept;
  }

  private void disagree(String message, Origin origin) {
    findings.add(new Finding(Severity.WARNING, HostMerge.DISAGREE, message, origin));
  }

  /* A table gives the path to a device behind a bridge, the hypervisor's log its address. */
  private static boolean sameDevices(List<DeviceScope> one, List<DeviceScope> other) {
    return one.size() == other.size()
        && one.stream().allMatch(scope -> other.stream().anyMatch(that -> mayBeSame(scope, that)))
        && other.stream().allMatch(scope -> one.stream().anyMatch(that -> mayBeSame(scope, that)));
  }

  private static boolean mayBeSame(DeviceScope one, DeviceScope other) {
    PciAddress oneAddress = one.address();
    PciAddress otherAddress = other.address();
    return one.equals(other)
        || (oneAddress != null && !other.isRange() && other.mayBe(oneAddress))
        || (otherAddress != null && !one.isRange() && one.mayBe(otherAddress));
  }

  private static long knownAddresses(ReservedMemory memory) {
    return memory.devices().stream().filter(scope -> scope.address() != null).count();
  }

  private record Place(ReservedMemory.Kind kind, long startByte, long endByte) {
    static Place of(ReservedMemory memory) {
      return new Place(memory.kind(), memory.startByte(), memory.endByte());
    }
  }

  private record Claim(SourceFacts source, ReservedMemory memory) {}
}
