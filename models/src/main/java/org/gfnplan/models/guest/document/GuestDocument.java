package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestMemory;
import org.gfnplan.models.guest.GuestPci;
import org.gfnplan.models.guest.GuestRules;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads gfnplan's own guest document, {@code gfnplan: guest/1}. Its shape is in {@code
 * guest-1.schema.json}; what a schema cannot say is checked here and in {@link GuestRules}.
 *
 * <p>What is left out has the value that the platform's tools would give it.
 */
public final class GuestDocument {
  private static final String VERSION = "guest/1";
  private static final long LEAST_HOLE = MmioHole.LEAST_MIB * Scope.MIB;
  private static final long MOST_HOLE = MmioHole.LARGEST_MIB * Scope.MIB;

  private final Fields fields;
  private final Origin document;
  private final List<InputProblem> problems;

  private GuestDocument(Node.Mapping map, Origin document, List<InputProblem> problems) {
    this.fields = new Fields(map, problems);
    this.document = document;
    this.problems = problems;
  }

  /** The guest that a document describes, or null with a problem. */
  public static @Nullable Guest read(
      Node.Mapping map, Origin document, List<InputProblem> problems) {
    return new GuestDocument(map, document, problems).guest();
  }

  private @Nullable Guest guest() {
    Stated<String> version = fields.text("gfnplan");
    if (version == null || !version.value().equals(VERSION)) {
      if (version != null) {
        fields.problemAt(
            "gfnplan",
            "a guest document has `gfnplan: " + VERSION + "`, this is `" + version.value() + "`");
      }
      return null;
    }
    fields.require("name", "platform", "memory");
    Stated<String> name = fields.text("name");
    Stated<PlatformName> platform = platform();
    Scope scope = new Scope(platform);
    scope.check(fields, "mmio_hole", "hap", "pmem");
    GuestPci pci = new PciFields(scope, fields).pci();
    GuestMemory memory = new MemoryFields(scope, fields).memory(isGivenDevices(scope, pci));
    Stated<Long> hole = Scope.multiple(fields, "mmio_hole", Scope.MIB, LEAST_HOLE, MOST_HOLE);
    RdmWishes rdm = new RdmFields(scope).wishes(fields.fields("rdm"));
    Stated<Boolean> hap = fields.flag("hap");
    MachineFields machineFields = new MachineFields(scope, fields);
    MachineWishes machine = machineFields.wishes(platform == null ? null : platform.value());
    Stated<String> firmware = machineFields.firmware();
    List<PmemWindow> pmem = PmemFields.windows(fields);
    fields.reportUnknown();
    if (name == null || platform == null || memory == null) {
      return null;
    }
    Guest guest =
        new Guest(
            name.value(),
            platform.value() == PlatformName.XEN_PVH ? Guest.Type.PVH : Guest.Type.HVM,
            memory,
            hole == null ? null : Stated.by((int) (hole.value() / Scope.MIB), hole.origin()),
            rdm,
            hap == null ? scope.silent(true, "hap is on when the host has it") : hap,
            firmware,
            pci,
            machine,
            pmem,
            platform,
            document,
            new ArrayList<>());
    problems.addAll(GuestRules.broken(guest));
    return problems.isEmpty() ? guest : null;
  }

  /** Whether the guest is made so that devices can be given to it, at start or later. */
  private static boolean isGivenDevices(Scope scope, GuestPci pci) {
    Stated<Boolean> passthrough = pci.passthrough();
    boolean isLater = scope.is(PlatformName.XEN_HVM) && !pci.pool().isEmpty();
    return !pci.devices().isEmpty() || isLater || (passthrough != null && passthrough.value());
  }

  private @Nullable Stated<PlatformName> platform() {
    Stated<String> text = fields.text("platform");
    if (text == null) {
      return null;
    }
    PlatformName name = PlatformName.of(text.value());
    if (name == null) {
      fields.problemAt(
          "platform",
          "`platform` must be one of `%s`, this is `%s`"
              .formatted(String.join("`, `", PlatformName.words()), text.value()));
      return null;
    }
    return Stated.by(name, text.origin());
  }
}
