package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.hostwide.DeviceOwners.Claim;
import org.gfnplan.models.platform.hostwide.HostModel.Writing;
import org.gfnplan.models.platform.rdm.RdmChanges;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.rdm.SharedGroup;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;

/** X3 and X4: devices that reach the same reserved memory go to one guest, in turn. */
final class SharedOwners {
  /*
   * Each piece of reserved memory is one statement of the host's, with a region for each function
   * that reaches it, which is where the function is. A strict owner says that the regions of one
   * piece are at one place. Where none is assigned nobody can relax it, so the host says it.
   *
   * A device behind a bridge is not named for certain. Taking two guests' devices for the same one
   * would refuse what works, so it links nothing here; each guest's own plan warns of it.
   */
  private final Writing writing;
  private final Map<PciAddress, List<Claim>> claims;
  private final Map<PciAddress, List<Region>> unassigned = new TreeMap<>();

  SharedOwners(Writing writing, Map<PciAddress, List<Claim>> claims) {
    this.writing = writing;
    this.claims = claims;
  }

  void add() {
    for (SharedGroup group : SharedGroup.of(writing.host)) {
      List<Claim> circle = new ArrayList<>();
      claims.forEach(
          (function, owners) -> {
            if (group.devices().stream().anyMatch(scope -> isMeant(scope, function))) {
              circle.addAll(owners);
            }
          });
      if (circle.stream().map(Claim::guest).distinct().count() > 1) {
        group.through().forEach(this::link);
        DeviceOwners.offerMoves(writing, circle);
      }
    }
    for (List<Region> same : unassigned.values()) {
      for (int i = 1; i < same.size(); i++) {
        writing.together(DeviceOwners.once(writing), same.get(i - 1), same.get(i));
      }
    }
  }

  private static boolean isMeant(DeviceScope scope, PciAddress function) {
    return scope.hops().isEmpty() && scope.mayBe(function);
  }

  private void link(ReservedMemory memory) {
    String name = RdmClaim.name(memory, writing.host);
    Statement shared =
        Statement.required(
            "X3",
            "%s is shared by %s".formatted(name, Words.scopes(memory.devices())),
            memory.origin());
    Map<PciAddress, Region> reach = new LinkedHashMap<>();
    for (PciAddress function : functions(memory)) {
      String device = Words.device(function);
      Region region = writing.owned("%s at %s".formatted(device, name), device, shared);
      reach.put(function, region);
      for (Claim claim : claims.getOrDefault(function, List.of())) {
        writing.together(shared, region, claim.region());
      }
      if (!claims.containsKey(function)) {
        unassigned.computeIfAbsent(function, f -> new ArrayList<>()).add(region);
      }
    }
    List<Claim> owners =
        reach.keySet().stream()
            .flatMap(function -> claims.getOrDefault(function, List.of()).stream())
            .toList();
    for (Claim owner : owners) {
      keepAlone(owner, name, reach);
    }
    if (owners.isEmpty()) {
      List<Region> all = List.copyOf(reach.values());
      for (int i = 1; i < all.size(); i++) {
        writing.together(shared, all.get(i - 1), all.get(i));
      }
    }
  }

  private void keepAlone(Claim owner, String name, Map<PciAddress, Region> reach) {
    Tenant tenant = writing.tenants.get(owner.guest());
    if (RdmClaim.policies(tenant.guest(), owner.device()).sharing() == RdmPolicy.RELAXED) {
      return;
    }
    Statement alone =
        Statement.required(
            "X4",
            "%s in %s shares %s with no other guest (strict)"
                .formatted(Words.device(owner.device()), tenant.label(), name),
            owner.device().origin());
    Region own = reach.get(owner.function());
    reach.forEach(
        (function, region) -> {
          if (own != null && !function.equals(owner.function())) {
            writing.together(alone, own, region);
          }
        });
    writing.change(
        alone,
        HostChange.of(owner.guest(), tenant.guest(), RdmChanges.share(name, owner.device())));
  }

  /** Who reaches it for certain: assigned functions, and others that the table names one by one. */
  private Set<PciAddress> functions(ReservedMemory memory) {
    Set<PciAddress> found = new LinkedHashSet<>();
    for (DeviceScope scope : memory.devices()) {
      PciAddress address = scope.address();
      if (address != null) {
        found.add(address);
      }
      claims.keySet().stream().filter(function -> isMeant(scope, function)).forEach(found::add);
    }
    return found;
  }
}
