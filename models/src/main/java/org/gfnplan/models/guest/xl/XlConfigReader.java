package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards;
import org.gfnplan.models.guest.GuestMemory;
import org.gfnplan.models.guest.GuestPci;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads a guest from an xl.cfg file: what it states about the layout, what follows from silence,
 * and what is odd.
 *
 * <p>A value that makes xl or libxl refuse the guest for reasons of layout is a problem. What xl
 * drops or misreads is a finding, and the guest is what the file means. Keys that do not shape the
 * layout are not looked at.
 */
public final class XlConfigReader {
  private static final long MOST_BOUNDARY_MIB = 16L << 20;
  private static final long DEFAULT_BOUNDARY_MIB = 2048;

  private final SourceText source;
  private final List<Finding> findings = new ArrayList<>();
  private final XlConfig config;

  private XlConfigReader(SourceText source, List<InputProblem> problems) {
    this.source = source;
    this.config = new XlConfig(source, problems, findings);
  }

  /**
   * The guest that a text describes. When {@code problems} grew, it must not be used, and it is
   * null when too much is missing.
   */
  public static @Nullable Guest read(SourceText source, List<InputProblem> problems) {
    return new XlConfigReader(source, problems).guest();
  }

  private @Nullable Guest guest() {
    Guest.Type type = XlType.read(config);
    Stated<Boolean> hap = hap();
    XlVnuma vnuma = new XlVnuma(config);
    XlMemory memory = new XlMemory(config, type, vnuma);
    Stated<Integer> hole = hole(type);
    XlRdm rdm = new XlRdm(config);
    Stated<Long> boundary = boundary();
    Stated<String> firmware = XlFirmware.read(config, type);
    List<PciAssignment> devices = new XlPci(config).devices();
    MachineWishes machine = XlDeviceModel.read(config, type);
    String name = name();
    lineEnds();
    XlChecks.run(config, type, memory, hap, devices);
    Stated<Long> memoryKib = memory.memoryKib();
    Stated<Long> maxMemoryKib = memory.maxMemoryKib();
    Stated<Long> videoKib = memory.videoKib();
    if (memoryKib == null || maxMemoryKib == null || videoKib == null) {
      return null;
    }
    findings.sort(null);
    return new Guest(
        name,
        type,
        GuestMemory.of(memoryKib, maxMemoryKib, videoKib).withNodes(vnuma.nodes()),
        hole,
        RdmWishes.of(rdm.strategy(), rdm.policy(), boundary),
        hap,
        firmware,
        GuestPci.of(devices)
            .withCards(new GuestCards(memory.card(), XlVif.read(config, type)))
            .withPassthrough(XlChecks.passthrough(config)),
        machine,
        List.of(),
        Stated.byDefault(
            type == Guest.Type.PVH ? PlatformName.XEN_PVH : PlatformName.XEN_HVM,
            config.originOf("type")),
        source.whole(),
        findings);
  }

  private String name() {
    Stated<String> name = config.text("name");
    if (name != null && !name.value().isBlank()) {
      return name.value();
    }
    config.find(
        Severity.ERROR, "name-missing", "xl refuses a guest without `name`", source.whole());
    String file = source.name().substring(source.name().lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private void lineEnds() {
    int line = source.carriageReturnLine();
    if (line > 0) {
      config.find(
          Severity.ERROR,
          "carriage-returns",
          "xl refuses a file whose lines end in carriage returns",
          source.origin(line));
    }
  }

  private Stated<Boolean> hap() {
    Stated<Boolean> stated = config.flag("hap");
    return stated != null
        ? stated
        : Stated.byDefault(
            true, Origin.builtIn("libxl_create.c", "hap is on when the host has it"));
  }

  private @Nullable Stated<Integer> hole(Guest.Type type) {
    if (type != Guest.Type.HVM) {
      if (config.has("mmio_hole")) {
        config.warn(
            "mmio-hole-ignored", "xl reads `mmio_hole` for HVM only", config.originOf("mmio_hole"));
      }
      return null;
    }
    Stated<Long> mib = config.number("mmio_hole");
    if (mib == null) {
      return null;
    }
    if (mib.value() < MmioHole.LEAST_MIB || mib.value() > MmioHole.LARGEST_MIB) {
      config.problem(
          "invalid value %d for \"mmio_hole\", it must be from %d to %d MiB"
              .formatted(mib.value(), MmioHole.LEAST_MIB, MmioHole.LARGEST_MIB),
          mib.origin());
      return null;
    }
    return Stated.by(mib.value().intValue(), mib.origin());
  }

  private Stated<Long> boundary() {
    Stated<Long> mib = config.number("rdm_mem_boundary");
    if (mib == null) {
      return Stated.byDefault(
          DEFAULT_BOUNDARY_MIB,
          Origin.builtIn("libxl_create.c", "rdm_mem_boundary defaults to 2048 MiB"));
    }
    if (mib.value() < 0 || mib.value() > MOST_BOUNDARY_MIB) {
      config.problem(
          "`rdm_mem_boundary` must be from 0 to %d MiB, this is %d"
              .formatted(MOST_BOUNDARY_MIB, mib.value()),
          mib.origin());
    }
    return mib;
  }
}
