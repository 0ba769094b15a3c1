package org.gfnplan.models.platform.xen.hvmloader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.xen.AssignReplay;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.BuilderResult;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.platform.xen.XenP2m;
import org.gfnplan.models.platform.xen.passthrough.FirmwareWindows;
import org.gfnplan.models.platform.xen.passthrough.MapCall;
import org.gfnplan.models.platform.xen.passthrough.MsixTable;
import org.gfnplan.models.platform.xen.passthrough.RegisterMappings;
import org.gfnplan.models.platform.xen.passthrough.Window;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** What Xen logs of the registers of a case's assigned devices, once they are switched on. */
final class BootMappings {
  /** Registers of 32 GiB without HAP; more would be no answer to read. */
  private static final int MOST_CALLS = 1 << 17;

  private final Map<Integer, List<HvmloaderResult.Register>> functions = new TreeMap<>();
  private final List<MapCall> calls = new ArrayList<>();
  private final RegisterMappings mappings;

  private BootMappings(BuilderRequest builder, HvmloaderResult loaded, List<GfnRange> identity) {
    for (HvmloaderResult.Register register : loaded.registers()) {
      functions
          .computeIfAbsent(register.function().devfn(), key -> new ArrayList<>())
          .add(register);
    }
    mappings =
        new RegisterMappings(QemuView.of(builder), builder.hap(), identity, true, this::take);
  }

  /** The lines of a case; null when it does not say where the host has any register. */
  static @Nullable BootMappings of(
      CaseFields given, BuilderRequest builder, BuilderResult built, HvmloaderResult loaded) {
    Map<Integer, CaseFields> assigned = assigned(given);
    if (assigned.isEmpty()) {
      return null;
    }
    BootMappings made = new BootMappings(builder, loaded, identity(given, built));
    made.functions.forEach(
        (devfn, registers) -> {
          // A guest that is dead switches nothing on.
          if (!made.crashed()) {
            CaseFields device = assigned.get(devfn);
            made.mappings.on(
                FirmwareWindows.of(
                    registers, device != null, device == null ? null : msix(device, registers)));
          }
        });
    return made;
  }

  private void take(MapCall call) {
    if (calls.size() == MOST_CALLS) {
      throw new IllegalArgumentException(
          "registers of assigned devices must be mapped by at most %d calls".formatted(MOST_CALLS));
    }
    calls.add(call);
  }

  private static Map<Integer, CaseFields> assigned(CaseFields given) {
    Map<Integer, CaseFields> assigned = new TreeMap<>();
    int slot = BootCase.FIRST_FREE_SLOT;
    for (CaseFields device : given.objects("devices")) {
      slot = BootCase.slot(device, slot);
      for (CaseFields bar : device.objects("bars")) {
        if (bar.bytes("init", 0) != 0) {
          assigned.put(slot << 3, device);
        }
      }
      slot++;
    }
    return assigned;
  }

  private static @Nullable MsixTable msix(
      CaseFields device, List<HvmloaderResult.Register> registers) {
    if (!device.has("msix")) {
      return null;
    }
    CaseFields given = device.inner("msix");
    MsixTable table =
        new MsixTable(
            (int) given.number("bar", 0, Bar.ROM - 1, -1),
            given.bytes("offset", 0),
            (int) given.number("entries", 1, 2048, -1));
    boolean inside =
        registers.stream()
            .map(HvmloaderResult.Register::bar)
            .anyMatch(
                bar ->
                    bar.isMemory()
                        && bar.index() == table.bar()
                        && table.offset() <= bar.bytes() - table.entries() * 16L);
    if (!inside) {
      throw new IllegalArgumentException("msix must lie in a memory register of its device");
    }
    return table;
  }

  /** Frames that Xen maps for the reserved memory of devices, before the guest runs. */
  private static List<GfnRange> identity(CaseFields given, BuilderResult built) {
    CaseFields libxl = given.inner("libxl");
    P2mMap map = XenP2m.ram(built);
    XenP2m.back(map, P2mType.SPECIAL, XenLayout.SPECIAL_PAGES_START, XenLayout.SPECIAL_PAGES_END);
    AssignReplay guest =
        new AssignReplay(
            1, map, libxl.objects("host_rdm").stream().map(OfCase::new).toList(), true);
    for (CaseFields device : libxl.objects("pci")) {
      guest.attach(BootCase.address(device.node().path("bdf")), BootCase.ownPolicy(libxl, device));
    }
    return guest.identity();
  }

  /** Reserved memory of a case. */
  private record OfCase(CaseFields entry) implements AssignReplay.Reserved {
    @Override
    public GfnRange frames() {
      long[] range = BootCase.range(entry);
      return GfnRange.coveringBytes(range[0], range[1]);
    }

    @Override
    public boolean isReachedBy(PciAddress device) {
      return BootCase.reaches(entry, device);
    }

    @Override
    public boolean isShared() {
      return entry.list("devs").size() > 1;
    }
  }

  /** What Xen logs, in order. */
  List<MapCall> calls() {
    return List.copyOf(calls);
  }

  /** Whether Xen has killed the guest. */
  boolean crashed() {
    return mappings.crashed();
  }

  /**
   * Lets SeaBIOS look for a display: where no VGA has a ROM it maps that of each other display for
   * a moment (optionroms.c, try_setup_display_other).
   */
  void lookIntoRom(int devfn) {
    Window rom = FirmwareWindows.rom(functions.getOrDefault(devfn, List.of()));
    if (rom != null) {
      mappings.on(List.of(rom));
      mappings.off(rom);
    }
  }
}
