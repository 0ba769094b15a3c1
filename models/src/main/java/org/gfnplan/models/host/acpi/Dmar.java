package org.gfnplan.models.host.acpi;

import java.util.List;

/**
 * The DMAR table, in which firmware describes VT-d. Addresses are unsigned and as the table has
 * them, inclusive ends included; {@code offset} is from the start of the table.
 *
 * @param header the table's header
 * @param addressWidth physical address bits: one more than the byte in the table
 * @param flags bit 0 interrupt remapping, bit 1 x2APIC opt-out, bit 2 DMA control opt-in
 * @param drhds remapping units
 * @param rmrrs reserved memory
 * @param atsrs root ports that take address translation requests
 * @param rhsas which NUMA domain a unit is in
 * @param andds names of devices that are not on PCI
 * @param satcs devices in the SoC that use address translation
 * @param sidps devices in the SoC with further properties
 * @param unknown structures of other types
 */
public record Dmar(
    TableHeader header,
    int addressWidth,
    int flags,
    List<Drhd> drhds,
    List<Rmrr> rmrrs,
    List<ScopedUnit> atsrs,
    List<Rhsa> rhsas,
    List<Andd> andds,
    List<ScopedUnit> satcs,
    List<ScopedUnit> sidps,
    List<UnknownStructure> unknown) {
  public Dmar {
    drhds = List.copyOf(drhds);
    rmrrs = List.copyOf(rmrrs);
    atsrs = List.copyOf(atsrs);
    rhsas = List.copyOf(rhsas);
    andds = List.copyOf(andds);
    satcs = List.copyOf(satcs);
    sidps = List.copyOf(sidps);
    unknown = List.copyOf(unknown);
  }

  /**
   * An entry of a device scope.
   *
   * @param type 1 endpoint, 2 bridge, 3 IOAPIC, 4 HPET, 5 ACPI name space
   * @param enumerationId the number of the IOAPIC, HPET or name
   * @param startBus the bus of the first hop
   * @param path the hops; only the first is on {@code startBus}
   */
  public record Scope(int type, int enumerationId, int startBus, List<Hop> path) {
    public Scope {
      path = List.copyOf(path);
    }
  }

  /**
   * A hop of a path: two bytes of the table, which may be out of range.
   *
   * @param device at most 0x1f when it is one
   * @param function at most 7 when it is one
   */
  public record Hop(int device, int function) {}

  /** A remapping unit. */
  public record Drhd(int offset, int flags, int segment, long base, List<Scope> scopes) {
    public Drhd {
      scopes = List.copyOf(scopes);
    }
  }

  /** Reserved memory; {@code limit} is its last byte. */
  public record Rmrr(int offset, int segment, long base, long limit, List<Scope> scopes) {
    public Rmrr {
      scopes = List.copyOf(scopes);
    }
  }

  /** Devices of a segment with a common property; an SIDP has no flags. */
  public record ScopedUnit(int offset, int flags, int segment, List<Scope> scopes) {
    public ScopedUnit {
      scopes = List.copyOf(scopes);
    }
  }

  /** The NUMA domain of the unit whose registers are at {@code base}. */
  public record Rhsa(int offset, long base, long proximityDomain) {}

  /** The name of a device that is not on PCI. */
  public record Andd(int offset, int deviceNumber, String objectName) {}
}
