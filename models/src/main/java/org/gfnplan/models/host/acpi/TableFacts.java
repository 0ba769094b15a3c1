package org.gfnplan.models.host.acpi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.host.ConfigWindow;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.host.RmrrCheck;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** What the tables DMAR, IVRS, MCFG and NFIT say about a host. */
public final class TableFacts {
  private static final int MOST_BITS = 52;
  private static final int BRIDGE = 2;

  private final SourceFacts facts;
  private final AcpiTable table;

  private TableFacts(SourceFacts facts, AcpiTable table) {
    this.facts = facts;
    this.table = table;
  }

  /** Whether tables with this signature are read; {@code RMAD} is how Xen hides DMAR from dom0. */
  public static boolean isKnown(String signature) {
    return switch (signature) {
      case "DMAR", "RMAD", "IVRS", "MCFG", "NFIT" -> true;
      default -> false;
    };
  }

  /** What {@code table} says as one of the known kind {@code signature}, and what is wrong. */
  public static SourceFacts read(String signature, AcpiTable table) {
    SourceFacts facts = new SourceFacts(table.document());
    TableFacts reader = new TableFacts(facts, table);
    switch (signature) {
      case "DMAR", "RMAD" -> reader.addDmar(DmarReader.read(table, reader::problem));
      case "IVRS" -> reader.addIvrs(IvrsReader.read(table, reader::problem));
      case "MCFG" -> reader.addMcfg(Mcfg.read(table, reader::problem));
      case "NFIT" -> reader.addNfit(Nfit.read(table, reader::problem));
      default ->
          throw new IllegalArgumentException(
              "table must be of a known kind: signature=" + signature);
    }
    facts.setTable(table);
    return facts;
  }

  private void problem(int offset, String message) {
    facts.addProblem(table.problem(offset, message));
  }

  private void addDmar(@Nullable Dmar dmar) {
    if (dmar == null) {
      return;
    }
    facts.listsReservedMemory();
    addIommu(Host.Iommu.INTEL);
    addWidth("host address width", dmar.addressWidth());
    for (Dmar.Rmrr rmrr : dmar.rmrrs()) {
      List<DeviceScope> devices = devices(rmrr);
      String text = "RMRR 0x%x-0x%x%s".formatted(rmrr.base(), rmrr.limit(), forDevices(devices));
      Origin origin = table.origin(rmrr.offset(), text);
      RmrrCheck.add(
          facts,
          rmrr.base(),
          rmrr.limit(),
          devices,
          dmar.addressWidth(),
          origin,
          table.where(rmrr.offset()));
      if (rmrr.scopes().isEmpty()) {
        facts.addFinding(
            Severity.WARNING, "rmrr-without-device", text + " names no device", origin);
      }
      if (rmrr.scopes().stream().anyMatch(scope -> scope.type() == BRIDGE)) {
        facts.addFinding(
            Severity.WARNING,
            "rmrr-names-bridge",
            text + " names a bridge; the devices behind it are not taken as its users",
            origin);
      }
    }
    addUnknown("DMAR structure", dmar.unknown());
  }

  private List<DeviceScope> devices(Dmar.Rmrr rmrr) {
    List<DeviceScope> devices = new ArrayList<>();
    for (Dmar.Scope scope : rmrr.scopes()) {
      for (Dmar.Hop hop : scope.path()) {
        if (hop.device() > 0x1f || hop.function() > 7) {
          problem(
              rmrr.offset(),
              "RMRR names device 0x%02x function 0x%02x, at most 0x1f and 0x7 can be"
                  .formatted(hop.device(), hop.function()));
          return List.of();
        }
      }
      Dmar.Hop first = scope.path().get(0);
      List<Integer> hops =
          scope.path().stream().skip(1).map(hop -> hop.device() << 3 | hop.function()).toList();
      devices.add(
          new DeviceScope(
              new PciAddress(rmrr.segment(), scope.startBus(), first.device(), first.function()),
              hops));
    }
    return devices;
  }

  private void addIvrs(@Nullable Ivrs ivrs) {
    if (ivrs == null) {
      return;
    }
    facts.listsReservedMemory();
    addIommu(Host.Iommu.AMD);
    // Zero is what tables hold that predate the field.
    if (ivrs.physicalAddressBits() != 0) {
      addWidth("physical address size", ivrs.physicalAddressBits());
    }
    if (ivrs.virtualAddressBits() >= 30 && ivrs.virtualAddressBits() <= 64) {
      int bits = ivrs.virtualAddressBits();
      facts.addIommuBits(Stated.by(bits, table.origin(36, "virtual address size " + bits)));
    }
    for (Ivrs.Ivmd ivmd : ivrs.ivmds()) {
      addIvmd(ivmd, ivrs.physicalAddressBits() == 0 ? MOST_BITS : ivrs.physicalAddressBits());
    }
    addUnknown("IVRS block", ivrs.unknown());
  }

  private void addIvmd(Ivrs.Ivmd ivmd, int width) {
    DeviceScope devices = ivmd.devices();
    if (devices == null) {
      problem(
          ivmd.offset(),
          "IVMD range of devices ends at 0x%04x before it starts at 0x%04x"
              .formatted(ivmd.auxiliary(), ivmd.deviceId()));
      return;
    }
    long last = ivmd.start() + ivmd.length() - 1;
    String text = "IVMD 0x%x-0x%x%s".formatted(ivmd.start(), last, forDevices(List.of(devices)));
    int bits = Math.min(width, MOST_BITS);
    if (ivmd.length() == 0 || Long.compareUnsigned(last, ivmd.start()) < 0) {
      problem(
          ivmd.offset(),
          "IVMD at 0x%x has length 0x%x, which holds no byte or wraps around"
              .formatted(ivmd.start(), ivmd.length()));
      return;
    }
    if (last >>> bits != 0) {
      problem(
          ivmd.offset(),
          "IVMD end 0x%x is beyond the host's %d address bits".formatted(last, bits));
      return;
    }
    Origin origin = table.origin(ivmd.offset(), text);
    if (!ivmd.isUnity() && !ivmd.isExclusion()) {
      facts.addFinding(
          Severity.WARNING,
          "ivmd-without-purpose",
          text + " is neither a unity nor an exclusion range; nothing is reserved for it",
          origin);
      return;
    }
    long start = Gfn.toBytes(Gfn.floor(ivmd.start()));
    long end = Gfn.toBytes(Gfn.floor(last) + 1);
    if (start != ivmd.start() || end != last + 1) {
      facts.addFinding(
          Severity.NOTE,
          "ivmd-not-whole-pages",
          text + " is not made of whole pages; 0x%x-0x%x is reserved".formatted(start, end - 1),
          origin);
    }
    facts.addReserved(
        new ReservedMemory(
            ivmd.isExclusion()
                ? ReservedMemory.Kind.IVMD_EXCLUSION
                : ReservedMemory.Kind.IVMD_UNITY,
            start,
            end,
            List.of(devices),
            origin));
  }

  private void addMcfg(@Nullable Mcfg mcfg) {
    if (mcfg == null) {
      return;
    }
    for (Mcfg.Window window : mcfg.windows()) {
      if (window.endBus() < window.startBus()) {
        problem(
            window.offset(),
            "MCFG window ends at bus 0x%02x before it starts at bus 0x%02x"
                .formatted(window.endBus(), window.startBus()));
      } else if (window.base() >>> MOST_BITS != 0
          || window.base() + ((window.endBus() + 1L) << 20) > 1L << MOST_BITS) {
        problem(
            window.offset(),
            "MCFG window at 0x%x is beyond %d address bits".formatted(window.base(), MOST_BITS));
      } else {
        String text =
            "MCFG base 0x%x segment %04x buses %02x-%02x"
                .formatted(window.base(), window.segment(), window.startBus(), window.endBus());
        facts.addConfigWindow(
            new ConfigWindow(
                window.base(),
                window.segment(),
                window.startBus(),
                window.endBus(),
                table.origin(window.offset(), text)));
      }
    }
  }

  private void addNfit(@Nullable Nfit nfit) {
    if (nfit != null) {
      NfitFacts.add(nfit, table, facts);
    }
  }

  private void addIommu(Host.Iommu iommu) {
    facts.setIommu(Stated.by(iommu, table.origin(0, table.signature() + " table")));
  }

  private void addWidth(String field, int width) {
    facts.addAddressWidth(field, width, table.origin(36, field + " " + width), table.where(36));
  }

  private void addUnknown(String what, List<UnknownStructure> unknown) {
    for (UnknownStructure structure : unknown) {
      facts.addFinding(
          Severity.NOTE,
          "unknown-structure",
          "%s of unknown type 0x%x was skipped%s"
              .formatted(what, structure.type(), table.where(structure.offset())),
          table.origin(structure.offset(), what + " type 0x%x".formatted(structure.type())));
    }
  }

  private static String forDevices(List<DeviceScope> devices) {
    return devices.isEmpty()
        ? ""
        : " for " + devices.stream().map(DeviceScope::toString).collect(Collectors.joining(", "));
  }
}
