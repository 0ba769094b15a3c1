package org.gfnplan.models.platform.rdm;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;

/**
 * Reserved device memory that a guest has to do with.
 *
 * @param name what to call it, unique on its host
 * @param memory the reserved memory
 * @param owners assigned devices that reach it, or may reach it; in order of the configuration
 * @param later devices that may be assigned later and reach it
 * @param byHost whether the guest reserves all that the host has
 */
public record RdmClaim(
    String name,
    ReservedMemory memory,
    List<PciAssignment> owners,
    List<PciAssignment> later,
    boolean byHost) {
  public RdmClaim {
    owners = List.copyOf(owners);
    later = List.copyOf(later);
  }

  /** All that the guest has to do with, in the order of the host. */
  public static List<RdmClaim> of(Scene scene) {
    Guest guest = scene.guest();
    boolean byHost = guest.rdm().strategy().value() == Guest.RdmStrategy.HOST;
    List<RdmClaim> claims = new ArrayList<>();
    for (ReservedMemory memory : scene.host().reserved()) {
      List<PciAssignment> owners = reaching(memory, guest.devices());
      List<PciAssignment> later = reaching(memory, guest.pci().pool());
      if (byHost || guest.rdm().mirror() != null || !owners.isEmpty() || !later.isEmpty()) {
        claims.add(new RdmClaim(name(memory, scene.host()), memory, owners, later, byHost));
      }
    }
    return claims;
  }

  private static List<PciAssignment> reaching(ReservedMemory memory, List<PciAssignment> devices) {
    return devices.stream().filter(device -> reaches(memory, device)).toList();
  }

  /** Whether the host's sources name a device that reaches it; else every device is taken to. */
  public boolean isOwnerNamed() {
    return !memory.devices().isEmpty();
  }

  /** Tells that the owners are only taken to be owners. */
  public Finding ownerUnknown() {
    return new Finding(
        Severity.WARNING,
        "reserved-memory-owner-unknown",
        "the source of %s does not say which device reaches it; every assigned device is taken to"
            .formatted(name),
        memory.origin());
  }

  /** Whether the toolstack is told of it: for an assigned device, or because all is reserved. */
  public boolean isToldOf() {
    return byHost || !owners.isEmpty();
  }

  /**
   * What to do about {@code device}'s reserved memory: its own word, the stated default, strict.
   */
  public static RdmPolicies policies(Guest guest, PciAssignment device) {
    RdmPolicies own = device.policies();
    if (own != null) {
      return own;
    }
    // xl_parse.c lets a device follow the global policy; libxl_pci.c makes an unset one strict.
    Stated<RdmPolicy> global = guest.rdm().policy();
    return global.isDefault() ? RdmPolicies.STRICT : RdmPolicies.all(global.value());
  }

  /** The one flag that stands for a device's policies on Xen. */
  public static RdmPolicy policy(Guest guest, PciAssignment device) {
    return policies(guest, device).flag();
  }

  /**
   * Devices that reach the memory too and are not in the guest. A device behind a bridge is not
   * named for certain, so an assigned one accounts for one of these at most.
   */
  public List<DeviceScope> outsiders() {
    List<PciAssignment> left = new ArrayList<>(owners);
    left.removeIf(
        owner ->
            memory.devices().stream()
                .anyMatch(scope -> scope.hops().isEmpty() && isMeant(scope, owner)));
    List<DeviceScope> outside = new ArrayList<>();
    for (DeviceScope scope : memory.devices()) {
      boolean inside =
          scope.hops().isEmpty()
              ? owners.stream().anyMatch(owner -> isMeant(scope, owner))
              : takeFirst(left, scope);
      if (!inside) {
        outside.add(scope);
      }
    }
    return outside;
  }

  private static boolean takeFirst(List<PciAssignment> left, DeviceScope scope) {
    for (PciAssignment owner : left) {
      if (isMeant(scope, owner)) {
        return left.remove(owner);
      }
    }
    return false;
  }

  /** Whether libxl asks for this memory when it looks at a device: of all functions only for 0. */
  public boolean isAskedForBy(PciAssignment device) {
    return owners.contains(device)
        && (memory.devices().isEmpty()
            || memory.devices().stream().anyMatch(scope -> scope.mayBe(device.address())));
  }

  /**
   * Whether the hypervisor refuses a strict assignment because several devices reach the memory.
   */
  public boolean isShared() {
    // AMD's driver has no such check (passthrough/amd/pci_amd_iommu.c).
    return memory.kind() == ReservedMemory.Kind.RMRR && memory.devices().size() > 1;
  }

  private static boolean reaches(ReservedMemory memory, PciAssignment device) {
    // A log that does not name the devices leaves no choice but to think of all of them.
    return memory.devices().isEmpty()
        || memory.devices().stream().anyMatch(scope -> isMeant(scope, device));
  }

  /** Whether the configuration may mean this device. */
  public static boolean isMeant(DeviceScope scope, PciAssignment device) {
    return device.functions().stream().anyMatch(scope::mayBe);
  }

  /** What to call reserved memory, unique on its host. */
  public static String name(ReservedMemory memory, Host host) {
    String start = "%s 0x%x".formatted(word(memory.kind()), memory.startByte());
    boolean unique =
        host.reserved().stream().filter(other -> other.startByte() == memory.startByte()).count()
            == 1;
    return unique ? start : "%s-0x%x".formatted(start, memory.endByte() - 1);
  }

  /** What users call this kind. */
  public static String word(ReservedMemory.Kind kind) {
    return switch (kind) {
      case RMRR -> "RMRR";
      case IVMD_UNITY -> "IVMD unity range";
      case IVMD_EXCLUSION -> "IVMD exclusion range";
    };
  }
}
