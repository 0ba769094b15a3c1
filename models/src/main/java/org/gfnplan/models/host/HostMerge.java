package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.gfnplan.models.host.acpi.AcpiTable;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Makes one host of what several sources say, and finds where they contradict each other. */
final class HostMerge {
  static final String DISAGREE = "sources-disagree";

  private final List<SourceFacts> sources;
  private final List<Finding> findings = new ArrayList<>();
  private final List<InputProblem> problems = new ArrayList<>();

  HostMerge(List<SourceFacts> sources) {
    this.sources = sources;
  }

  /** What no host can be; complete once {@link #host} has returned. */
  List<InputProblem> problems() {
    return problems;
  }

  /** The host, called {@code name} unless a source says otherwise. */
  Host host(String name) {
    sources.forEach(source -> findings.addAll(source.findings()));
    List<ReservedMemory> reserved = new ReservedMerge(sources, findings).merged();
    List<MemoryMapEntry> memoryMap = memoryMap();
    ReservedCheck.overlaps(reserved, findings);
    ReservedCheck.againstMemoryMap(reserved, memoryMap, findings);
    compareTables();
    List<ReservedIova> reservedIova = IovaMerge.merged(sources);
    boolean known = sources.stream().anyMatch(SourceFacts::listsReserved);
    if (known) {
      IovaMerge.compare(reservedIova, reserved, findings);
    } else {
      warn(
          "reserved-memory-unknown",
          "no source lists reserved device memory; there may be some that is not known",
          Origin.builtIn(name, name));
    }
    Stated<String> stated = agreed("name", SourceFacts::name);
    Stated<Host.Iommu> iommu = agreed("IOMMU", SourceFacts::iommu);
    List<HostDevice> devices = new DeviceMerge(sources, findings).merged();
    List<HostPmem> pmem = new PmemMerge(sources, findings, problems).merged();
    return new Host(
        stated == null ? name : stated.value(),
        iommu == null ? Host.Iommu.UNKNOWN : iommu.value(),
        reserved,
        known,
        reservedIova,
        agreedLeast("address width", SourceFacts::addressWidths),
        least(SourceFacts::iommuBits),
        agreedLeast("physical address size of the processor", SourceFacts::cpuPhysicalBits),
        memoryMap,
        configWindows(),
        devices,
        sources.stream().anyMatch(SourceFacts::hasAllDevices),
        pmem,
        findings.stream().distinct().sorted().toList());
  }

  /* A host has one DMAR or IVRS table; several MCFG tables happen. */
  private void compareTables() {
    Map<String, AcpiTable> first = new TreeMap<>();
    for (SourceFacts source : sources) {
      AcpiTable table = source.table();
      if (table == null || table.signature().equals("MCFG")) {
        continue;
      }
      String kind = table.signature().equals("RMAD") ? "DMAR" : table.signature();
      AcpiTable other = first.putIfAbsent(kind, table);
      if (other != null && !table.sameContent(other)) {
        warn(
            DISAGREE,
            "this %s table differs from the one in %s; what either says is used"
                .formatted(kind, other.document()),
            table.whole());
      }
    }
  }

  /* The first value; a finding for each later one that differs. */
  private <T> @Nullable Stated<T> agreed(
      String what, Function<SourceFacts, @Nullable Stated<T>> field) {
    Stated<T> first = null;
    for (SourceFacts source : sources) {
      Stated<T> here = field.apply(source);
      if (first == null) {
        first = here;
      } else if (here != null && !here.value().equals(first.value())) {
        warn(
            DISAGREE,
            "%s is %s here but %s in %s; the latter is used"
                .formatted(what, here.value(), first.value(), first.origin().shortForm()),
            here.origin());
      }
    }
    return first;
  }

  /* A guest that fits into fewer bits fits into more. */
  private @Nullable Stated<Integer> agreedLeast(
      String what, Function<SourceFacts, List<Stated<Integer>>> field) {
    Stated<Integer> least = null;
    for (SourceFacts source : sources) {
      for (Stated<Integer> width : field.apply(source)) {
        if (least == null) {
          least = width;
        } else if (!width.value().equals(least.value())) {
          Stated<Integer> kept = width.value() < least.value() ? width : least;
          Stated<Integer> dropped = width.value() < least.value() ? least : width;
          warn(
              DISAGREE,
              "%s is %d bits here but %d bits in %s; %d bits are used"
                  .formatted(
                      what, dropped.value(), kept.value(), kept.origin().shortForm(), kept.value()),
              dropped.origin());
          least = kept;
        }
      }
    }
    return least;
  }

  /* The units of one host may well differ. */
  private @Nullable Stated<Integer> least(Function<SourceFacts, List<Stated<Integer>>> field) {
    return sources.stream()
        .flatMap(source -> field.apply(source).stream())
        .min(Comparator.comparing(Stated::value))
        .orElse(null);
  }

  /* Maps of two sources cannot be put together entry by entry, so the first one is taken whole. */
  private List<MemoryMapEntry> memoryMap() {
    List<MemoryMapEntry> first = List.of();
    for (SourceFacts source : sources) {
      List<MemoryMapEntry> map =
          source.memoryMap().stream().sorted(MemoryMapEntry.BY_ADDRESS).toList();
      if (first.isEmpty()) {
        first = map;
      } else if (!map.isEmpty() && !sameMap(first, map)) {
        warn(
            DISAGREE,
            "the memory map differs from that of %s, which is used"
                .formatted(first.get(0).origin().document()),
            map.get(0).origin());
      }
    }
    return first.isEmpty() ? resources() : first;
  }

  private List<MemoryMapEntry> resources() {
    return sources.stream()
        .map(SourceFacts::resources)
        .filter(resources -> !resources.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream()
        .sorted(MemoryMapEntry.BY_ADDRESS)
        .toList();
  }

  private static boolean sameMap(List<MemoryMapEntry> one, List<MemoryMapEntry> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (MemoryMapEntry.BY_ADDRESS.compare(one.get(i), other.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  private List<ConfigWindow> configWindows() {
    Map<List<Long>, ConfigWindow> byPlace = new LinkedHashMap<>();
    for (SourceFacts source : sources) {
      for (ConfigWindow window : source.configWindows()) {
        byPlace.putIfAbsent(
            List.of(
                (long) window.segment(),
                (long) window.startBus(),
                (long) window.endBus(),
                window.baseByte()),
            window);
      }
    }
    List<ConfigWindow> windows = byPlace.values().stream().sorted(ConfigWindow.BY_BUS).toList();
    for (int i = 1; i < windows.size(); i++) {
      ConfigWindow window = windows.get(i);
      ConfigWindow before = windows.get(i - 1);
      if (window.segment() == before.segment()
          && window.startBus() <= before.endBus()
          && window.baseByte() != before.baseByte()) {
        warn(
            DISAGREE,
            "configuration space of segment %04x is at 0x%x here but at 0x%x in %s"
                .formatted(
                    window.segment(),
                    window.baseByte(),
                    before.baseByte(),
                    before.origin().shortForm()),
            window.origin());
      }
    }
    return windows;
  }

  private void warn(String id, String message, Origin origin) {
    findings.add(new Finding(Severity.WARNING, id, message, origin));
  }
}
