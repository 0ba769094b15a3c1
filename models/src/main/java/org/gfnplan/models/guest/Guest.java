package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a guest's configuration states. Sizes in KiB or MiB as named; a value that nobody stated
 * carries the source of its default.
 *
 * @param name how to call it
 * @param type how it boots
 * @param memoryKib memory at start, video memory included
 * @param maxMemoryKib the most memory, video memory included; decides the layout
 * @param videoKib video memory inside the above
 * @param mmioHoleMib the size of the hole below 4 GiB, or null when not stated
 * @param rdmStrategy which reserved device memory beyond that of assigned devices is reserved
 * @param rdmPolicy what to do with reserved device memory that no device has a policy for
 * @param rdmBoundaryMib libxl moves RAM only for reserved device memory above this
 * @param hap whether hardware-assisted paging is on
 * @param firmware seabios, ovmf, rombios; what the configuration calls it
 * @param devices the devices given to it
 * @param physicalBits guest physical address bits, or null when not stated
 * @param platform the platform the document names, or null
 * @param document the document as a whole
 * @param findings what is odd about the configuration
 */
public record Guest(
    String name,
    Type type,
    Stated<Long> memoryKib,
    Stated<Long> maxMemoryKib,
    Stated<Long> videoKib,
    @Nullable Stated<Integer> mmioHoleMib,
    Stated<RdmStrategy> rdmStrategy,
    Stated<RdmPolicy> rdmPolicy,
    Stated<Long> rdmBoundaryMib,
    Stated<Boolean> hap,
    Stated<String> firmware,
    List<PciAssignment> devices,
    @Nullable Stated<Integer> physicalBits,
    @Nullable Stated<String> platform,
    Origin document,
    List<Finding> findings) {
  /** How a guest boots. */
  public enum Type {
    /** A full virtual machine with firmware. */
    HVM,
    /** A kernel started directly in a hardware-assisted guest. */
    PVH
  }

  /** Which reserved device memory is reserved though its device is not assigned. */
  public enum RdmStrategy {
    /** None. */
    IGNORE,
    /** All that the host has. */
    HOST
  }

  public Guest {
    devices = List.copyOf(devices);
    findings = List.copyOf(findings);
  }

  /** This guest with another hole, or none stated. */
  public Guest withMmioHole(@Nullable Stated<Integer> hole) {
    return copy(memoryKib, maxMemoryKib, hole, rdmStrategy, rdmPolicy, rdmBoundaryMib, devices);
  }

  /** This guest with another boundary. */
  public Guest withRdmBoundary(Stated<Long> boundary) {
    return copy(memoryKib, maxMemoryKib, mmioHoleMib, rdmStrategy, rdmPolicy, boundary, devices);
  }

  /** This guest with another strategy and policy for reserved device memory. */
  public Guest withRdm(Stated<RdmStrategy> strategy, Stated<RdmPolicy> policy) {
    return copy(memoryKib, maxMemoryKib, mmioHoleMib, strategy, policy, rdmBoundaryMib, devices);
  }

  /** This guest with other devices. */
  public Guest withDevices(List<PciAssignment> others) {
    return copy(
        memoryKib, maxMemoryKib, mmioHoleMib, rdmStrategy, rdmPolicy, rdmBoundaryMib, others);
  }

  /** This guest with another amount of memory, at start and at most. */
  public Guest withMemory(Stated<Long> kib) {
    return copy(kib, kib, mmioHoleMib, rdmStrategy, rdmPolicy, rdmBoundaryMib, devices);
  }

  /** This guest with other values for all that a plan or a repair may change. */
  private Guest copy(
      Stated<Long> memory,
      Stated<Long> most,
      @Nullable Stated<Integer> hole,
      Stated<RdmStrategy> strategy,
      Stated<RdmPolicy> policy,
      Stated<Long> boundary,
      List<PciAssignment> assigned) {
    return new Guest(
        name,
        type,
        memory,
        most,
        videoKib,
        hole,
        strategy,
        policy,
        boundary,
        hap,
        firmware,
        assigned,
        physicalBits,
        platform,
        document,
        findings);
  }
}
