package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.IdentityMappings;
import org.gfnplan.solver.p2m.IdentityOutcome;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Xen's side of a guest that devices are given to: its map, and who holds which identity mapping.
 *
 * <p>Restates {@code intel_iommu_assign_device} (passthrough/vtd/iommu.c), {@code
 * iommu_identity_mapping} (passthrough/x86/iommu.c), and of mm/p2m.c what {@code p2m_add_page} and
 * {@code set_typed_p2m_entry} do where a device's frames are already.
 */
final class AssignReplay {
  private final int domain;
  private final boolean passthrough;
  private final List<Reserved> reserved;
  private final P2mMap map;
  private final IdentityMappings identities;
  private final Map<PciAddress, List<Reserved>> attached = new TreeMap<>();

  /**
   * Reserved device memory of the host.
   *
   * @param frames where it is
   * @param refusesSharing whether Xen asks how many devices reach it: on VT-d, not on AMD
   * @param devices the functions that reach it
   */
  record Reserved(GfnRange frames, boolean refusesSharing, Set<PciAddress> devices) {
    Reserved {
      devices = Set.copyOf(devices);
    }

    private long firstByte() {
      return Gfn.toBytes(frames.start());
    }

    private long lastByte() {
      return Gfn.toBytes(frames.end()) - 1;
    }
  }

  /**
   * What came of an event.
   *
   * @param error what Xen answers, or null for success
   * @param left frames of reserved memory that something else backs, as far as Xen came
   * @param log what Xen prints about the device
   * @param crashed whether Xen kills the guest
   */
  record Outcome(@Nullable Errno error, List<GfnRange> left, List<String> log, boolean crashed) {
    Outcome {
      left = List.copyOf(left);
      log = List.copyOf(log);
    }

    private static Outcome of(@Nullable Errno error) {
      return new Outcome(error, List.of(), List.of(), false);
    }
  }

  /** A guest with this map; only with {@code passthrough} it can be given devices. */
  AssignReplay(int domain, P2mMap map, List<Reserved> reserved, boolean passthrough) {
    this.domain = domain;
    this.map = map;
    this.reserved = List.copyOf(reserved);
    this.passthrough = passthrough;
    this.identities = new IdentityMappings(map);
  }

  /** The map as it is now, by address. */
  List<Extent> extents() {
    return map.all();
  }

  /** How many devices hold the identity mapping of exactly this range. */
  int holders(GfnRange range) {
    return identities.holders(range);
  }

  /** Gives a function to the guest. */
  Outcome attach(PciAddress device, RdmPolicy policy) {
    if (!passthrough) {
      return Outcome.of(Errno.EOPNOTSUPP);
    }
    if (attached.containsKey(device)) {
      return Outcome.of(Errno.EBUSY);
    }
    boolean relaxed = policy == RdmPolicy.RELAXED;
    List<Reserved> reached = reserved.stream().filter(one -> one.devices.contains(device)).toList();
    List<String> log = new ArrayList<>();
    for (Reserved one : reached) {
      if (one.refusesSharing && one.devices.size() > 1) {
        log.add(
            "[VT-D] It's %s to assign %s with shared RMRR at %x for d%d."
                .formatted(relaxed ? "risky" : "disallowed", device, one.firstByte(), domain));
        if (!relaxed) {
          return failed(device, Errno.EPERM, List.of(), log);
        }
      }
    }
    return map(device, reached, relaxed, log);
  }

  private Outcome map(PciAddress device, List<Reserved> reached, boolean skips, List<String> log) {
    List<IdentityOutcome> outcomes =
        identities.addAll(
            reached.stream().map(Reserved::frames).toList(), Access.READ_WRITE, skips);
    List<GfnRange> left = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      IdentityOutcome outcome = outcomes.get(i);
      Errno error = null;
      if (outcome instanceof IdentityOutcome.Partial partial) {
        partial.left().forEach(extent -> left.add(extent.range()));
      } else if (outcome instanceof IdentityOutcome.Taken taken) {
        // Xen stops at the first frame that it cannot map.
        long at = taken.inTheWay().range().start();
        left.add(new GfnRange(at, at + 1));
        error = Errno.EBUSY;
      } else if (outcome instanceof IdentityOutcome.HeldOtherwise) {
        error = Errno.EADDRINUSE;
      }
      if (error != null) {
        Reserved one = reached.get(i);
        log.add(
            "[VT-D]d%d: cannot map reserved region [%x,%x]: %d"
                .formatted(domain, one.firstByte(), one.lastByte(), -error.number()));
        return failed(device, error, left, log);
      }
    }
    attached.put(device, reached);
    return new Outcome(null, left, log, false);
  }

  private Outcome failed(PciAddress device, Errno error, List<GfnRange> left, List<String> log) {
    log.add("d%d: assign (%s) failed (%d)".formatted(domain, device, -error.number()));
    return new Outcome(error, left, log, false);
  }

  /** Takes a function from the guest. */
  Outcome detach(PciAddress device) {
    List<Reserved> held = attached.remove(device);
    if (held == null) {
      return Outcome.of(Errno.ENODEV);
    }
    held.forEach(one -> identities.remove(one.frames()));
    return Outcome.of(null);
  }

  /**
   * Backs frames with something. Where a device's frames are already Xen stops and kills the guest,
   * unless the very same ones come again.
   */
  Outcome back(Extent extent) {
    GfnRange range = extent.range();
    for (Extent there : map.in(range)) {
      boolean ofDevice = there.type() == P2mType.DEVICE || there.type() == P2mType.IDENTITY;
      if (ofDevice && !isSame(there, extent)) {
        long at = there.range().start();
        if (range.start() < at) {
          put(extent, new GfnRange(range.start(), at));
        }
        return new Outcome(Errno.EPERM, List.of(new GfnRange(at, at + 1)), List.of(), true);
      }
    }
    put(extent, range);
    return Outcome.of(null);
  }

  private static boolean isSame(Extent there, Extent extent) {
    return extent.type() == P2mType.DEVICE
        && extent.mfn() != Extent.ANYWHERE
        && there.mfn() == extent.mfn() + (there.range().start() - extent.range().start());
  }

  private void put(Extent extent, GfnRange part) {
    map.replace(new Extent(part, extent.mfn(), extent.type(), extent.access()));
  }
}
