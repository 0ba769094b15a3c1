package org.gfnplan.models.platform.rdm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.DeviceChanges;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Origin;

/** What a user can change about each statement of reserved device memory. */
public final class RdmChanges {
  private static final String NO_IDENTITY_MAPPING =
      "the guest runs without the identity mapping of %s: what the device still sends there"
          + " reaches guest RAM";

  private final Guest guest;

  RdmChanges(Scene scene) {
    this.guest = scene.guest();
  }

  /** The whole host's reserved memory is kept clear where it can be, or not asked for. */
  List<Change> forStrategy() {
    Origin line = guest.rdm().strategy().origin();
    List<Change> found = new ArrayList<>();
    if (guest.rdm().policy().value() == RdmPolicy.STRICT) {
      found.add(
          new Change(
              "rdm=relaxed",
              "`rdm = \"strategy=host,policy=relaxed\"`",
              Change.RELAX,
              NO_IDENTITY_MAPPING.formatted("reserved memory that RAM covers")
                  + " (xl 4.15 and later drop the line, which comes to the same)",
              line,
              changed ->
                  changed.withRdm(
                      changed
                          .rdm()
                          .with(changed.rdm().strategy(), Stated.by(RdmPolicy.RELAXED, line)))));
    }
    return found;
  }

  /** The host's own layout is not asked for. */
  static List<Change> forMirror(Origin line) {
    return List.of(
        new Change(
            "mirror=none",
            "the host's layout not mirrored",
            Change.DROP,
            "devices attached to the running guest later find their reserved memory taken",
            line,
            changed -> changed.withRdm(changed.rdm().withMirror(null))));
  }

  /** The device cannot come later. */
  public static Change never(PciAssignment device) {
    return new Change(
        "never " + device.spelling(),
        "%s not kept room for".formatted(Words.device(device)),
        Change.DROP,
        "%s cannot be attached to the running guest".formatted(Words.device(device)),
        device.origin(),
        changed ->
            changed.withPci(
                changed
                    .pci()
                    .withPool(
                        changed.pci().pool().stream()
                            .filter(other -> !other.spelling().equals(device.spelling()))
                            .toList())));
  }

  /** Nobody in the guest needs the memory any more. */
  List<Change> forMemory(RdmClaim claim) {
    List<PciAssignment> owners = claim.owners();
    if (claim.byHost() && owners.isEmpty()) {
      Origin line = guest.rdm().strategy().origin();
      return List.of(
          new Change(
              "rdm=none",
              "`rdm` left out, which reserves only the memory of assigned devices",
              Change.DROP,
              "devices attached to the running guest later find their reserved memory taken",
              line,
              changed ->
                  changed.withRdm(
                      changed
                          .rdm()
                          .with(
                              Stated.by(Guest.RdmStrategy.IGNORE, line), changed.rdm().policy()))));
    }
    List<Change> found = new ArrayList<>();
    owners.forEach(owner -> found.add(DeviceChanges.drop(owner)));
    claim.later().forEach(device -> found.add(never(device)));
    Origin mirror = guest.rdm().mirror();
    if (owners.isEmpty() && mirror != null) {
      found.addAll(forMirror(mirror));
    }
    return found;
  }

  /** The policy of everybody who reaches the same memory is relaxed, or the device stays out. */
  List<Change> forPolicy(RdmClaim claim, PciAssignment owner) {
    List<Change> found = new ArrayList<>();
    List<PciAssignment> strict =
        claim.owners().stream()
            .filter(other -> RdmClaim.policy(guest, other) == RdmPolicy.STRICT)
            .toList();
    if (!strict.isEmpty()) {
      found.add(relax(strict, NO_IDENTITY_MAPPING.formatted(claim.name()), Change.RELAX));
    }
    found.add(DeviceChanges.drop(owner));
    return found;
  }

  /** The devices that share go into the guest too. */
  List<Change> forOutsiders(List<DeviceScope> outside, PciAssignment with) {
    List<PciAddress> addresses =
        outside.stream().map(DeviceScope::address).filter(Objects::nonNull).toList();
    if (addresses.size() != outside.size()) {
      return List.of();
    }
    String named = addresses.stream().map(Words::device).collect(Collectors.joining(", "));
    List<PciAssignment> added = new ArrayList<>();
    for (PciAddress address : addresses) {
      added.add(PciAssignment.of(address, false, null, with.origin()));
    }
    return List.of(
        new Change(
            "assign " + named,
            "%s assigned to this guest as well".formatted(named),
            Change.ASSIGN + addresses.size() - 1,
            null,
            with.origin(),
            changed -> changed.withDevices(merge(changed.devices(), added))));
  }

  /** Sharing is allowed for this device, or it stays out. */
  static List<Change> forSharing(RdmClaim claim, PciAssignment owner) {
    return List.of(share(claim.name(), owner), DeviceChanges.drop(owner));
  }

  /** Sharing is allowed for this device. */
  public static Change share(String memory, PciAssignment owner) {
    return relax(
        List.of(owner),
        "devices outside the guest can reach %s, which the guest's device uses too"
            .formatted(memory),
        Change.RELAX + 5);
  }

  private static Change relax(List<PciAssignment> devices, String givesUp, int cost) {
    Set<PciAddress> meant = new HashSet<>();
    devices.forEach(device -> meant.add(device.address()));
    String named = devices.stream().map(Words::device).collect(Collectors.joining(", "));
    return new Change(
        "relax " + named,
        "`rdm_policy=relaxed` for %s".formatted(named),
        cost,
        givesUp,
        devices.get(0).origin(),
        changed ->
            changed.withDevices(
                changed.devices().stream()
                    .map(
                        device ->
                            meant.contains(device.address())
                                ? device.with(RdmPolicies.RELAXED)
                                : device)
                    .toList()));
  }

  private static List<PciAssignment> merge(List<PciAssignment> now, List<PciAssignment> wanted) {
    List<PciAssignment> merged = new ArrayList<>(now);
    for (PciAssignment device : wanted) {
      if (merged.stream().noneMatch(other -> other.address().equals(device.address()))) {
        merged.add(device);
      }
    }
    return merged;
  }
}
