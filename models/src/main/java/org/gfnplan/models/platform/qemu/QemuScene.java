package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.pmem.PmemBacking;
import org.gfnplan.models.platform.qemu.QemuRefusal.Reason;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** What can be said about a guest of QEMU before any layout is sought. */
final class QemuScene {
  /** Refusals that say something about addresses: a conflict explains those. */
  private static final Set<Reason> ABOUT_ADDRESSES =
      EnumSet.of(
          Reason.ADDRESS_WIDTH,
          Reason.LOW_RAM_AT_IOAPIC,
          Reason.LOW_RAM_OVER_IOAPIC,
          Reason.OVER_BUDGET,
          Reason.OUT_OF_REGION,
          Reason.ADDRESS_TAKEN,
          Reason.FRAGMENTED);

  private QemuScene() {}

  static List<InputProblem> unusable(Scene scene, QemuTarget target) {
    Guest guest = scene.guest();
    List<InputProblem> found = new ArrayList<>();
    if (guest.platform().value().isXen() || guest.type() != Guest.Type.HVM) {
      found.add(
          new InputProblem(
              guest.document(),
              "the guest is for `%s`, not for QEMU".formatted(guest.platform().value().word())));
      return found;
    }
    if (QemuGuest.ram(guest) < QemuConfig.LEAST_RAM) {
      found.add(
          new InputProblem(guest.memory().statedKib().origin(), "less than 1 MiB of RAM is no PC"));
      return found;
    }
    if (target.isRefused(guest)) {
      Stated<String> type = guest.machine().version();
      found.add(
          new InputProblem(
              type == null ? guest.document() : type.origin(),
              "QEMU refuses this: unsupported machine type, in %s"
                  .formatted(target.version(guest).word())));
    }
    found.addAll(GuestFunctions.of(scene).problems());
    found.addAll(GuestFunctions.later(scene).problems());
    if (target.platform() == PlatformName.QEMU_MICROVM) {
      microvm(guest, found);
    }
    for (PciAssignment device : guest.devices()) {
      if (scene.host().devices() != null
          && scene.host().devicesComplete()
          && scene.host().devices().stream()
              .map(HostDevice::address)
              .noneMatch(at -> device.means(at))) {
        found.add(
            new InputProblem(
                device.origin(), "the host has no device %s".formatted(Words.device(device))));
      }
    }
    if (found.isEmpty()) {
      refused(scene, target, found);
    }
    return found;
  }

  private static void microvm(Guest guest, List<InputProblem> found) {
    for (PmemWindow window : guest.pmem()) {
      found.add(
          new InputProblem(
              window.origin(),
              "a microvm takes `%s` and maps it nowhere".formatted(window.name())));
    }
    for (PciAssignment device : guest.devices()) {
      found.add(
          new InputProblem(
              device.origin(), "a microvm has no PCI bus for %s".formatted(Words.device(device))));
    }
  }

  /*
   * What QEMU refuses for another reason than addresses, in its own words. It stops at the first
   * thing that is wrong, so what an address hides is looked for with room for everything.
   */
  private static void refused(Scene scene, QemuTarget target, List<InputProblem> found) {
    QemuConfig config = QemuPlan.of(scene, target).config();
    for (QemuConfig asked : List.of(config, roomy(config))) {
      if (QemuReplay.layout(asked) instanceof QemuRefusal no
          && !ABOUT_ADDRESSES.contains(no.reason())) {
        found.add(new InputProblem(origin(scene.guest(), no), "QEMU refuses this: " + no.text()));
        return;
      }
    }
  }

  /** The same with as many address bits and as much room for memory devices as there can be. */
  private static QemuConfig roomy(QemuConfig config) {
    List<QemuDevice> devices = new ArrayList<>();
    for (QemuDevice device : config.devices()) {
      devices.add(
          new QemuDevice(
              device.kind(),
              device.id(),
              device.memdev(),
              device.size(),
              device.file(),
              device.align(),
              device.labelSize(),
              0,
              device.slot()));
    }
    long most = config.maxMemory();
    int bits = config.cpu().askedBits();
    boolean allowed = bits == 0 || (bits >= QemuCpu.LEAST_BITS && bits <= QemuCpu.MOST_BITS);
    boolean devicesRoom = most > config.roundedRam() && !devices.isEmpty();
    return config
        .withMaxRamBelow4g(config.machine().board().hasPci() ? 0 : config.maxRamBelow4g())
        .withHole64Size(0)
        .withDevices(devicesRoom ? most + (1L << 50) : most, config.slots(), devices)
        .withCpu(
            new QemuCpu(config.cpu().amd(), true, true, true, allowed ? QemuCpu.MOST_BITS : bits));
  }

  private static Origin origin(Guest guest, QemuRefusal refusal) {
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    if (limit != null
        && (refusal.reason() == Reason.NO_SUCH_OPTION
            || refusal.reason() == Reason.LOW_RAM_LIMIT_OVER_4_GIB)) {
      return limit.origin();
    }
    for (PmemWindow window : guest.pmem()) {
      if (refusal.text().contains("id=" + window.name() + ",")) {
        return window.origin();
      }
    }
    return guest.memory().slots() == null
        ? guest.document()
        : guest.memory().slots().mostBytes().origin();
  }

  /** What a user should know besides the layout. */
  static List<Finding> findings(Scene scene, QemuTarget target) {
    Guest guest = scene.guest();
    List<Finding> found = new ArrayList<>(scene.host().findings());
    found.addAll(guest.findings());
    found.addAll(GuestFunctions.of(scene).findings());
    found.addAll(PmemBacking.findings(scene));
    if (!target.isKnown(guest)) {
      Stated<String> version = guest.machine().version();
      found.add(
          new Finding(
              Severity.NOTE,
              "machine-version-unknown",
              "`%s` is planned as the machine of QEMU %s"
                  .formatted(
                      version == null ? "" : version.value(), target.version(guest).release()),
              version == null ? guest.document() : version.origin()));
    }
    target.between().ifPresent(found::add);
    if (!guest.devices().isEmpty() && !scene.host().reservedKnown()) {
      found.add(
          new Finding(
              Severity.NOTE,
              "rmrr-devices-unknown",
              "no source says which devices have reserved memory; Linux does not assign those that"
                  + " do, but for USB and graphics",
              guest.devices().get(0).origin()));
    }
    RdmClaim.of(scene).stream()
        .filter(claim -> !claim.isOwnerNamed() && VfioRules.isHeldAgainst(scene, claim))
        .forEach(claim -> found.add(claim.ownerUnknown()));
    guest.devices().forEach(device -> addGroup(scene, device, found));
    found.addAll(QemuLaterDevices.findings(scene, target.platform()));
    if (QemuReplay.layout(QemuPlan.of(scene, target).config()) instanceof QemuLayout made) {
      for (QemuWarning warning : made.warnings()) {
        found.add(
            new Finding(
                Severity.WARNING,
                "qemu-warning",
                "QEMU says: " + warning.text().replaceFirst("^warning: ", ""),
                warningOrigin(guest, warning)));
      }
    }
    found.sort(null);
    return found.stream().distinct().toList();
  }

  private static Origin warningOrigin(Guest guest, QemuWarning warning) {
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    return limit != null && warning.text().contains("max") ? limit.origin() : guest.document();
  }

  /** VFIO takes a group as a whole, bridges excepted. */
  private static void addGroup(Scene scene, PciAssignment device, List<Finding> found) {
    Integer group = groupOf(scene, device);
    if (group == null || scene.host().devices() == null) {
      return;
    }
    List<HostDevice> outside =
        scene.host().devices().stream()
            .filter(other -> group.equals(other.iommuGroup()))
            .filter(other -> !isBridge(other))
            .filter(
                other ->
                    scene.guest().devices().stream()
                        .noneMatch(assigned -> assigned.means(other.address())))
            .toList();
    if (!outside.isEmpty()) {
      found.add(
          new Finding(
              Severity.WARNING,
              "iommu-group-shared",
              "%s is in IOMMU group %d with %s, which must go to the guest or to no driver"
                  .formatted(
                      Words.device(device),
                      group,
                      outside.stream()
                          .map(other -> Words.device(other.address()))
                          .collect(Collectors.joining(", "))),
              device.origin()));
    }
  }

  private static boolean isBridge(HostDevice device) {
    String words = device.description();
    return words != null && words.toLowerCase(Locale.ROOT).contains("bridge");
  }

  private static @Nullable Integer groupOf(Scene scene, PciAssignment device) {
    List<HostDevice> listed = scene.host().devices();
    for (HostDevice function : listed == null ? List.<HostDevice>of() : listed) {
      if (device.means(function.address())) {
        return function.iommuGroup();
      }
    }
    return null;
  }
}
