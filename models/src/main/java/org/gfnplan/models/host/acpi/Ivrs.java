package org.gfnplan.models.host.acpi;

import java.util.List;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.pci.PciAddress;
import org.jspecify.annotations.Nullable;

/**
 * The IVRS table, in which firmware describes AMD-Vi. Addresses are unsigned and as the table has
 * them; {@code offset} is from the start of the table. A device id is {@code bus << 8 | device << 3
 * | function}.
 *
 * @param header the table's header
 * @param info the IVinfo field
 * @param ivhds IOMMUs; one IOMMU may have several blocks
 * @param ivmds memory that devices reach at its own address
 * @param unknown blocks of other types
 */
public record Ivrs(
    TableHeader header,
    long info,
    List<Ivhd> ivhds,
    List<Ivmd> ivmds,
    List<UnknownStructure> unknown) {
  public Ivrs {
    ivhds = List.copyOf(ivhds);
    ivmds = List.copyOf(ivmds);
    unknown = List.copyOf(unknown);
  }

  /** Bits of physical addresses; 0 when the table does not say. */
  public int physicalAddressBits() {
    return (int) (info >> 8) & 0x7f;
  }

  /** Bits of virtual addresses; 0 when the table does not say. */
  public int virtualAddressBits() {
    return (int) (info >> 15) & 0x7f;
  }

  /** An IOMMU. */
  public record Ivhd(
      int offset,
      int type,
      int flags,
      int deviceId,
      int capabilityOffset,
      long base,
      int segment,
      List<Entry> entries) {
    public Ivhd {
      entries = List.copyOf(entries);
    }
  }

  /** A device entry of an IOMMU, of which only the place is read. */
  public record Entry(int offset, int type, int length) {}

  /**
   * Memory that devices reach at its own address.
   *
   * @param offset of the block
   * @param type 0x20 for all devices, 0x21 for one, 0x22 for a range
   * @param flags bit 0 unity, bit 1 read, bit 2 write, bit 3 exclusion
   * @param deviceId the device, or the first of a range
   * @param auxiliary the last of a range
   * @param segment the PCI segment
   * @param start the first byte
   * @param length bytes
   */
  public record Ivmd(
      int offset,
      int type,
      int flags,
      int deviceId,
      int auxiliary,
      int segment,
      long start,
      long length) {
    /** Whether addresses are translated to themselves. */
    public boolean isUnity() {
      return (flags & 1) != 0;
    }

    /** Whether addresses are not translated. */
    public boolean isExclusion() {
      return (flags & 8) != 0;
    }

    /** Who reaches it, or null when the range of devices ends before it starts. */
    public @Nullable DeviceScope devices() {
      return switch (type) {
        case 0x20 -> DeviceScope.all(segment);
        case 0x21 -> DeviceScope.of(device(deviceId));
        default ->
            auxiliary < deviceId ? null : DeviceScope.range(device(deviceId), device(auxiliary));
      };
    }

    private PciAddress device(int id) {
      return new PciAddress(segment, id >> 8, id >> 3 & 0x1f, id & 7);
    }
  }
}
