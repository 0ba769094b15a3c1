package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.ConfigWindow;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rdm.SharedGroup;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** What can be said about a guest on a Xen host before any layout is sought. */
final class XenScene {
  private XenScene() {}

  /** Reasons why the scene cannot be planned on a Xen platform. */
  static List<InputProblem> unusable(Scene scene, String platform, Guest.Type type) {
    Guest guest = scene.guest();
    List<InputProblem> found = new ArrayList<>(Unplanned.of(guest, platform));
    Host host = scene.host();
    if (guest.type() != type) {
      found.add(
          new InputProblem(
              guest.document(), "the guest is not of the type that %s starts".formatted(platform)));
    }
    if (guest.memory().videoKib().value() >= guest.memory().mostKib().value()) {
      found.add(
          new InputProblem(
              guest.memory().mostKib().origin(),
              "video memory of %d KiB leaves no RAM of %d KiB"
                  .formatted(guest.memory().videoKib().value(), guest.memory().mostKib().value())));
    }
    String nodesRefused =
        VirtualNodes.refusal(
            XenReplay.nodesKib(guest),
            guest.memory().mostKib().value(),
            guest.memory().videoKib().value());
    if (nodesRefused != null) {
      found.add(
          new InputProblem(
              guest.memory().nodes().get(0).origin(),
              "libxl refuses the virtual NUMA nodes: " + nodesRefused));
    }
    boolean asks =
        type == Guest.Type.HVM
            && (!guest.devices().isEmpty()
                || guest.rdm().strategy().value() == Guest.RdmStrategy.HOST);
    if (asks && !host.reservedKnown()) {
      found.add(
          new InputProblem(
              Origin.builtIn(host.name(), ""),
              "no source of reserved device memory: a DMAR or IVRS table, a kernel or Xen log, or"
                  + " a host document with `reserved` is needed"));
    }
    if (type == Guest.Type.HVM) {
      found.addAll(GuestFunctions.of(scene).problems());
      int missing = XenBars.missingSlots(scene);
      if (missing > 0) {
        found.add(
            new InputProblem(
                guest.document(),
                "the guest's PCI bus has 32 slots, %d fewer than its functions need"
                    .formatted(missing)));
      }
    }
    for (PciAssignment device : guest.devices()) {
      String why = absent(host, device);
      if (why != null) {
        found.add(new InputProblem(device.origin(), why));
      }
    }
    return found;
  }

  private static @Nullable String absent(Host host, PciAssignment device) {
    PciAddress at = device.address();
    List<HostDevice> listed = host.devices();
    if (listed != null && host.devicesComplete()) {
      boolean there = listed.stream().map(HostDevice::address).anyMatch(device::means);
      return there ? null : "the host has no device %s".formatted(Words.device(device));
    }
    List<ConfigWindow> windows = host.configWindows();
    boolean reachable =
        windows.isEmpty()
            || windows.stream()
                .anyMatch(
                    window ->
                        window.segment() == at.segment()
                            && window.startBus() <= at.bus()
                            && at.bus() <= window.endBus());
    return reachable
        ? null
        : "the host has no device %s: its MCFG table covers no bus %02x of segment %04x"
            .formatted(Words.device(device), at.bus(), at.segment());
  }

  /** What a user should know besides the layout. */
  static List<Finding> findings(Scene scene) {
    List<Finding> found = new ArrayList<>(scene.host().findings());
    found.addAll(scene.guest().findings());
    for (RdmClaim claim : RdmClaim.of(scene)) {
      describe(claim, found);
    }
    if (scene.guest().type() == Guest.Type.HVM) {
      found.addAll(GuestFunctions.of(scene).findings());
    }
    addGroups(scene, found);
    addWidth(scene, found);
    found.sort(null);
    return found.stream().distinct().toList();
  }

  private static void describe(RdmClaim claim, List<Finding> found) {
    ReservedMemory memory = claim.memory();
    if (!claim.isOwnerNamed() && !claim.owners().isEmpty()) {
      found.add(claim.ownerUnknown());
    }
    for (DeviceScope scope : memory.devices()) {
      boolean assigned = claim.owners().stream().anyMatch(owner -> scope.mayBe(owner.address()));
      if (scope.address() == null && assigned) {
        found.add(
            new Finding(
                Severity.WARNING,
                "reserved-memory-owner-behind-bridge",
                "%s names a device behind a bridge; an assigned device may be the one"
                    .formatted(claim.name()),
                memory.origin()));
      }
    }
    if (claim.isShared() && !claim.owners().isEmpty()) {
      found.add(
          new Finding(
              Severity.WARNING,
              "reserved-memory-shared",
              "%s is shared by %s; Xen assigns such a device only with rdm_policy=relaxed"
                  .formatted(claim.name(), Words.scopes(memory.devices())),
              memory.origin()));
    }
  }

  /** Sharing is transitive: who has to come along though no memory is shared with it directly. */
  private static void addGroups(Scene scene, List<Finding> found) {
    for (SharedGroup group : SharedGroup.of(scene.host())) {
      PciAssignment first =
          scene.guest().devices().stream()
              .filter(device -> group.devices().stream().anyMatch(s -> RdmClaim.isMeant(s, device)))
              .findFirst()
              .orElse(null);
      if (first != null && group.through().size() > 1) {
        found.add(
            new Finding(
                Severity.NOTE,
                "reserved-memory-group",
                "%s go to one guest together: they share reserved memory in turn (%s)"
                    .formatted(
                        Words.scopes(group.devices()),
                        group.through().stream()
                            .map(ReservedMemory::label)
                            .collect(Collectors.joining(", "))),
                first.origin()));
      }
    }
  }

  /** RAM above the host's address width cannot be reached by a real host of that width. */
  private static void addWidth(Scene scene, List<Finding> found) {
    Stated<Integer> width = scene.host().addressWidth();
    long ram = scene.guest().memory().mostKib().value() * 1024;
    if (width != null && width.value() < 63 && ram > 1L << width.value()) {
      found.add(
          new Finding(
              Severity.WARNING,
              "memory-beyond-host-width",
              "the guest has more memory than %d address bits of the host can hold"
                  .formatted(width.value()),
              width.origin()));
    }
  }
}
