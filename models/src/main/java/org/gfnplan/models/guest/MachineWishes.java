package org.gfnplan.models.guest;

import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of the virtual machine itself. What is null is not stated.
 *
 * @param version the machine type with its version, {@code pc-q35-7.2}
 * @param maxRamBelow4gBytes where low RAM ends at most ({@code max-ram-below-4g})
 * @param pciHole64Bytes the size of the 64-bit PCI window ({@code pci-hole64-size})
 * @param firmwareWindow64Bytes the size of the 64-bit PCI window that OVMF is told ({@code
 *     opt/ovmf/X-PciMmio64Mb}); QEMU's own checks do not know it
 * @param cpuVendor whose processor the guest sees
 * @param physicalBits guest physical address bits
 * @param privateBit the address bit that tells private from shared memory of a confidential guest
 *     (TDX shared bit, SEV C-bit)
 */
public record MachineWishes(
    @Nullable Stated<String> version,
    @Nullable Stated<Long> maxRamBelow4gBytes,
    @Nullable Stated<Long> pciHole64Bytes,
    @Nullable Stated<Long> firmwareWindow64Bytes,
    @Nullable Stated<CpuVendor> cpuVendor,
    @Nullable Stated<Integer> physicalBits,
    @Nullable Stated<Integer> privateBit) {
  /** Nothing stated. */
  public static final MachineWishes NONE = withBits(null);

  /** Whose processor a guest sees. */
  public enum CpuVendor {
    /** Intel. */
    INTEL,
    /** AMD. */
    AMD
  }

  /** Nothing stated but address bits. */
  public static MachineWishes withBits(@Nullable Stated<Integer> physicalBits) {
    return new MachineWishes(null, null, null, null, null, physicalBits, null);
  }

  /** The same with another machine type. */
  public MachineWishes withVersion(@Nullable Stated<String> type) {
    return new MachineWishes(
        type,
        maxRamBelow4gBytes,
        pciHole64Bytes,
        firmwareWindow64Bytes,
        cpuVendor,
        physicalBits,
        privateBit);
  }

  /** The same with another limit of low RAM. */
  public MachineWishes withMaxRamBelow4g(@Nullable Stated<Long> bytes) {
    return new MachineWishes(
        version, bytes, pciHole64Bytes, firmwareWindow64Bytes, cpuVendor, physicalBits, privateBit);
  }

  /** The same with another size of the 64-bit PCI window. */
  public MachineWishes withPciHole64(@Nullable Stated<Long> bytes) {
    return new MachineWishes(
        version,
        maxRamBelow4gBytes,
        bytes,
        firmwareWindow64Bytes,
        cpuVendor,
        physicalBits,
        privateBit);
  }

  /** The same with another size of the 64-bit PCI window of OVMF. */
  public MachineWishes withFirmwareWindow64(@Nullable Stated<Long> bytes) {
    return new MachineWishes(
        version, maxRamBelow4gBytes, pciHole64Bytes, bytes, cpuVendor, physicalBits, privateBit);
  }

  /** The same with another vendor. */
  public MachineWishes withCpuVendor(@Nullable Stated<CpuVendor> vendor) {
    return new MachineWishes(
        version,
        maxRamBelow4gBytes,
        pciHole64Bytes,
        firmwareWindow64Bytes,
        vendor,
        physicalBits,
        privateBit);
  }

  /** The same with other address bits. */
  public MachineWishes withPhysicalBits(@Nullable Stated<Integer> bits) {
    return new MachineWishes(
        version,
        maxRamBelow4gBytes,
        pciHole64Bytes,
        firmwareWindow64Bytes,
        cpuVendor,
        bits,
        privateBit);
  }

  /** The same with another bit of private memory. */
  public MachineWishes withPrivateBit(@Nullable Stated<Integer> bit) {
    return new MachineWishes(
        version,
        maxRamBelow4gBytes,
        pciHole64Bytes,
        firmwareWindow64Bytes,
        cpuVendor,
        physicalBits,
        bit);
  }
}
