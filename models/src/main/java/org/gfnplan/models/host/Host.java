package org.gfnplan.models.host;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * What the dumps of one host say together.
 *
 * @param name how to call it, from its document or its folder
 * @param iommu whose IOMMU it has
 * @param reserved reserved device memory, by start, then end; duplicates of several sources once
 * @param reservedKnown whether a source was read that would list reserved device memory, even if it
 *     lists none; without one, nothing is known
 * @param reservedIova addresses that devices cannot use for DMA, by start, then end, kind, group
 * @param addressWidth physical address bits the IOMMU takes, or null when no source says
 * @param iommuBits bits of the addresses that the IOMMU translates, of the IOMMU with the fewest,
 *     or null when no source says
 * @param cpuPhysicalBits physical address bits of the processor, or null when no source says
 * @param memoryMap the e820 map, by start, or what {@code /proc/iomem} has left of it; empty when
 *     no source says
 * @param configWindows PCI configuration windows; empty when no source says
 * @param devices PCI functions, by address, or null when no source lists any
 * @param devicesComplete whether {@code devices} are all the host has, so that a function which is
 *     not among them is not there
 * @param pmem persistent memory, by kind, then by address
 * @param findings what is odd about the sources, contradictions among them
 */
public record Host(
    String name,
    Iommu iommu,
    List<ReservedMemory> reserved,
    boolean reservedKnown,
    List<ReservedIova> reservedIova,
    @Nullable Stated<Integer> addressWidth,
    @Nullable Stated<Integer> iommuBits,
    @Nullable Stated<Integer> cpuPhysicalBits,
    List<MemoryMapEntry> memoryMap,
    List<ConfigWindow> configWindows,
    @Nullable List<HostDevice> devices,
    boolean devicesComplete,
    List<HostPmem> pmem,
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
    reservedIova = List.copyOf(reservedIova);
    memoryMap = List.copyOf(memoryMap);
    configWindows = List.copyOf(configWindows);
    devices = devices == null ? null : List.copyOf(devices);
    pmem = List.copyOf(pmem);
    findings = List.copyOf(findings);
  }
}
