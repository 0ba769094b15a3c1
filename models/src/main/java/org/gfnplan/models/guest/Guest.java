package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a guest's configuration states. Sizes in bytes, KiB or MiB as named; a value that nobody
 * stated carries the source of its default.
 *
 * @param name how to call it
 * @param type how it boots
 * @param memory how much memory it has
 * @param mmioHoleMib the size of the hole below 4 GiB, or null when not stated
 * @param rdm what to do about reserved device memory
 * @param hap whether hardware-assisted paging is on
 * @param firmware seabios, ovmf, rombios; what the configuration calls it
 * @param pci the PCI functions it has or may get
 * @param machine what is said of the virtual machine itself
 * @param pmem its memory devices, in the order they are plugged in
 * @param platform the platform the configuration is for
 * @param document the document as a whole
 * @param findings what is odd about the configuration
 */
public record Guest(
    String name,
    Type type,
    GuestMemory memory,
    @Nullable Stated<Integer> mmioHoleMib,
    RdmWishes rdm,
    Stated<Boolean> hap,
    Stated<String> firmware,
    GuestPci pci,
    MachineWishes machine,
    List<PmemWindow> pmem,
    Stated<PlatformName> platform,
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
    pmem = List.copyOf(pmem);
    findings = List.copyOf(findings);
  }

  /** The host devices given to it. */
  public List<PciAssignment> devices() {
    return pci.devices();
  }

  /** This guest with another hole, or none stated. */
  public Guest withMmioHole(@Nullable Stated<Integer> hole) {
    return copy(memory, hole, rdm, pci, machine, pmem);
  }

  /** This guest with other wishes about reserved device memory. */
  public Guest withRdm(RdmWishes others) {
    return copy(memory, mmioHoleMib, others, pci, machine, pmem);
  }

  /** This guest with other PCI functions. */
  public Guest withPci(GuestPci others) {
    return copy(memory, mmioHoleMib, rdm, others, machine, pmem);
  }

  /** This guest with other assigned devices. */
  public Guest withDevices(List<PciAssignment> others) {
    return withPci(pci.withDevices(others));
  }

  /** This guest with other memory. */
  public Guest withMemory(GuestMemory other) {
    return copy(other, mmioHoleMib, rdm, pci, machine, pmem);
  }

  /** This guest on another virtual machine. */
  public Guest withMachine(MachineWishes other) {
    return copy(memory, mmioHoleMib, rdm, pci, other, pmem);
  }

  /** This guest with other memory devices. */
  public Guest withPmem(List<PmemWindow> others) {
    return copy(memory, mmioHoleMib, rdm, pci, machine, others);
  }

  /** This guest with other firmware. */
  public Guest withFirmware(Stated<String> other) {
    return new Guest(
        name,
        type,
        memory,
        mmioHoleMib,
        rdm,
        hap,
        other,
        pci,
        machine,
        pmem,
        platform,
        document,
        findings);
  }

  /** This guest for another platform, where what only the old one has is no longer stated. */
  public Guest withPlatform(Stated<PlatformName> other) {
    boolean pvh = other.value() == PlatformName.XEN_PVH;
    Origin line = other.origin();
    return new Guest(
        name,
        pvh ? Type.PVH : Type.HVM,
        pvh ? memory.withoutVideo(line) : memory,
        pvh ? null : mmioHoleMib,
        rdm,
        hap,
        pvh ? Stated.byDefault("none", line) : firmware,
        pci,
        machine.withVersion(null),
        pmem,
        other,
        document,
        findings);
  }

  /** This guest with other values for all that a plan or a repair may change. */
  private Guest copy(
      GuestMemory size,
      @Nullable Stated<Integer> hole,
      RdmWishes wishes,
      GuestPci functions,
      MachineWishes virtual,
      List<PmemWindow> windows) {
    return new Guest(
        name, type, size, hole, wishes, hap, firmware, functions, virtual, windows, platform,
        document, findings);
  }
}
