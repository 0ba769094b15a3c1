package org.gfnplan.models.host;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the dumps of one host say together.
 *
 * @param name how to call it, from its document or its folder
 * @param iommu whose IOMMU it has
 * @param reserved reserved device memory, by start, then end; duplicates of several sources once
 * @param reservedKnown whether a source was read that would list reserved device memory, even if it
 *     lists none; without one, nothing is known
 * @param addressWidth physical address bits the IOMMU takes, or null when no source says
 * @param memoryMap the e820 map, by start; empty when no source says
 * @param configWindows PCI configuration windows; empty when no source says
 * @param devices the PCI functions present, or null when no source lists them
 * @param findings what is odd about the sources, contradictions among them
 */
public record Host(
    String name,
    Iommu iommu,
    List<ReservedMemory> reserved,
    boolean reservedKnown,
    @Nullable Stated<Integer> addressWidth,
    List<MemoryMapEntry> memoryMap,
    List<ConfigWindow> configWindows,
    @Nullable List<Stated<PciAddress>> devices,
    List<Finding> findings) {
  /** Whose IOMMU a host has. */
  public enum Iommu {
    /** VT-d. */
    INTEL,
    /** AMD-Vi. */
    AMD,
    /** No source says. */
    UNKNOWN
  }

  public Host {
    reserved = List.copyOf(reserved);
    memoryMap = List.copyOf(memoryMap);
    configWindows = List.copyOf(configWindows);
    devices = devices == null ? null : List.copyOf(devices);
    findings = List.copyOf(findings);
  }
}
