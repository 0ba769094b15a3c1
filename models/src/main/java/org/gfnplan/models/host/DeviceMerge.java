package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Puts together what several sources say about PCI functions. */
final class DeviceMerge {
  /*
   * lspci knows words, sysfs the sizes that a register can be set to, a listing of groups only
   * addresses. What is not known in the first source that has a function is taken from the next.
   */
  private final List<SourceFacts> sources;
  private final List<Finding> findings;
  private final Map<PciAddress, HostDevice> merged = new TreeMap<>();

  DeviceMerge(List<SourceFacts> sources, List<Finding> findings) {
    this.sources = sources;
    this.findings = findings;
  }

  /** Every function once, by address; null when no source is about any. */
  @Nullable List<HostDevice> merged() {
    boolean known = false;
    for (SourceFacts source : sources) {
      known |= source.isAboutDevices();
      for (HostDevice device : source.devices()) {
        merged.merge(device.address(), device, this::together);
      }
    }
    return known ? List.copyOf(merged.values()) : null;
  }

  private HostDevice together(HostDevice one, HostDevice other) {
    Integer group = one.iommuGroup();
    Integer otherGroup = other.iommuGroup();
    if (group != null && otherGroup != null && !group.equals(otherGroup)) {
      disagree(
          "%s is in IOMMU group %d here but in group %d in %s; the latter is used"
              .formatted(one.address(), otherGroup, group, one.origin().shortForm()),
          other.origin());
    }
    return new HostDevice(
        one.address(),
        one.description() == null ? other.description() : one.description(),
        bars(one, other),
        one.barsKnown() || other.barsKnown(),
        group == null ? otherGroup : group,
        one.origin());
  }

  private List<Bar> bars(HostDevice one, HostDevice other) {
    Map<Integer, Bar> byIndex = new TreeMap<>();
    one.bars().forEach(bar -> byIndex.put(bar.index(), bar));
    for (Bar bar : other.bars()) {
      Bar before = byIndex.get(bar.index());
      if (before == null) {
        byIndex.put(bar.index(), bar);
      } else if (before.bytes() != bar.bytes() || before.space() != bar.space()) {
        disagree(
            "BAR %d of %s is %s here but %s in %s; the latter is used"
                .formatted(
                    bar.index(),
                    one.address(),
                    words(bar),
                    words(before),
                    before.origin().shortForm()),
            bar.origin());
      } else {
        byIndex.put(bar.index(), together(before, bar));
      }
    }
    return new ArrayList<>(byIndex.values());
  }

  private static Bar together(Bar one, Bar other) {
    return new Bar(
        one.index(),
        one.space(),
        one.bytes(),
        one.prefetchable(),
        one.resizableTo().isEmpty() ? other.resizableTo() : one.resizableTo(),
        one.hostByte() == null ? other.hostByte() : one.hostByte(),
        one.origin());
  }

  private static String words(Bar bar) {
    return "0x%x bytes (%s)".formatted(bar.bytes(), bar.space().word());
  }

  private void disagree(String message, Origin origin) {
    findings.add(new Finding(Severity.WARNING, HostMerge.DISAGREE, message, origin));
  }
}
