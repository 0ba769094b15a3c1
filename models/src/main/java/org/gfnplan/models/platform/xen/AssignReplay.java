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
import org.gfnplan.solver.p2m.PageCounts;
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
public final class AssignReplay {
  private final int domain;
  private final boolean passthrough;
  private final List<Reserved> reserved;
  private final P2mMap map;
  private final IdentityMappings identities;
  private final Map<PciAddress, List<Reserved>> attached = new TreeMap<>();

  /** Reserved device memory of the host. */
  public interface Reserved {
    /** Where it is. */
    GfnRange frames();

    /** Whether a function reaches it. */
    boolean isReachedBy(PciAddress device);

    /** Whether several devices reach it and Xen minds: on VT-d, not on AMD. */
    boolean isShared();

    /** Whether Xen maps it at all: an exclusion range is reached without translation. */
    default boolean isMapped() {
      return true;
    }
  }

  /**
   * What came of a range of reserved memory.
   *
   * @param reserved the range
   * @param mapping what came of the wish to map it; null when Xen never maps it, or when it was
   *     looked at for other reasons
   * @param holders how many devices hold its mapping now
   */
  public record Range(Reserved reserved, @Nullable IdentityOutcome mapping, int holders) {}

  /**
   * What came of an event.
   *
   * @param error what Xen answers, or null for success
   * @param left frames of reserved memory that something else backs, as far as Xen came
   * @param log what Xen prints about the device
   * @param crashed whether Xen kills the guest
   * @param ranges the device's reserved memory as far as it was looked at, in the order of the host
   */
  public record Outcome(
      @Nullable Errno error,
      List<GfnRange> left,
      List<String> log,
      boolean crashed,
      List<Range> ranges) {
    public Outcome {
      left = List.copyOf(left);
      log = List.copyOf(log);
      ranges = List.copyOf(ranges);
    }

    private static Outcome of(@Nullable Errno error) {
      return new Outcome(error, List.of(), List.of(), false, List.of());
    }
  }

  /** A guest with this map; only with {@code passthrough} it can be given devices. */
  public AssignReplay(
      int domain, P2mMap map, List<? extends Reserved> reserved, boolean passthrough) {
    this.domain = domain;
    this.map = map;
    this.reserved = List.copyOf(reserved);
    this.passthrough = passthrough;
    this.identities = new IdentityMappings(map);
  }

  /** The map as it is now, by address. */
  public List<Extent> extents() {
    return map.all();
  }

  /** Where a frame is mapped to itself, by address. */
  public List<GfnRange> identity() {
    return extents().stream().filter(Extent::isIdentity).map(Extent::range).toList();
  }

  /** How many pages of each size make up the map. */
  public PageCounts pages() {
    return map.pages();
  }

  /** The functions that the guest has. */
  public Set<PciAddress> attached() {
    return Set.copyOf(attached.keySet());
  }

  /** Gives a function to the guest. */
  public Outcome attach(PciAddress device, RdmPolicy policy) {
    if (!passthrough) {
      return Outcome.of(Errno.EOPNOTSUPP);
    }
    if (attached.containsKey(device)) {
      return Outcome.of(Errno.EBUSY);
    }
    boolean relaxed = policy == RdmPolicy.RELAXED;
    List<Reserved> reached = reserved.stream().filter(one -> one.isReachedBy(device)).toList();
    List<String> log = new ArrayList<>();
    for (Reserved one : reached) {
      if (one.isShared()) {
        log.add(
            "[VT-D] It's %s to assign %s with shared RMRR at %x for d%d."
                .formatted(relaxed ? "risky" : "disallowed", device, firstByte(one), domain));
        if (!relaxed) {
          return failed(
              device, Errno.EPERM, new Looked(List.of(), List.of(new Range(one, null, 0))), log);
        }
      }
    }
    return map(device, reached, relaxed, log);
  }

  private Outcome map(PciAddress device, List<Reserved> reached, boolean skips, List<String> log) {
    List<Reserved> mapped = reached.stream().filter(Reserved::isMapped).toList();
    List<IdentityOutcome> outcomes =
        identities.addAll(mapped.stream().map(Reserved::frames).toList(), Access.READ_WRITE, skips);
    Looked looked = looked(reached, outcomes);
    int last = outcomes.size() - 1;
    Errno error = last < 0 ? null : error(outcomes.get(last));
    if (error != null) {
      Reserved one = mapped.get(last);
      log.add(
          "[VT-D]d%d: cannot map reserved region [%x,%x]: %d"
              .formatted(domain, firstByte(one), lastByte(one), -error.number()));
      return failed(device, error, looked, log);
    }
    attached.put(device, mapped);
    return new Outcome(null, looked.left, log, false, looked.ranges);
  }

  private static @Nullable Errno error(IdentityOutcome outcome) {
    if (outcome instanceof IdentityOutcome.Taken) {
      return Errno.EBUSY;
    }
    return outcome instanceof IdentityOutcome.HeldOtherwise ? Errno.EADDRINUSE : null;
  }

  /** Ranges, and frames of them that something else backs. */
  private record Looked(List<GfnRange> left, List<Range> ranges) {}

  private Looked looked(List<Reserved> reached, List<IdentityOutcome> outcomes) {
    List<GfnRange> left = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    int index = 0;
    for (Reserved one : reached) {
      if (!one.isMapped()) {
        ranges.add(new Range(one, null, 0));
      } else if (index < outcomes.size()) {
        IdentityOutcome outcome = outcomes.get(index++);
        ranges.add(new Range(one, outcome, identities.holders(one.frames())));
        if (outcome instanceof IdentityOutcome.Partial partial) {
          partial.left().forEach(extent -> left.add(extent.range()));
        } else if (outcome instanceof IdentityOutcome.Taken taken) {
          // Xen stops at the first frame that it cannot map.
          long at = taken.inTheWay().range().start();
          left.add(new GfnRange(at, at + 1));
        }
      }
    }
    return new Looked(left, ranges);
  }

  private Outcome failed(PciAddress device, Errno error, Looked looked, List<String> log) {
    log.add("d%d: assign (%s) failed (%d)".formatted(domain, device, -error.number()));
    return new Outcome(error, looked.left, log, false, looked.ranges);
  }

  private static long firstByte(Reserved one) {
    return Gfn.toBytes(one.frames().start());
  }

  private static long lastByte(Reserved one) {
    return Gfn.toBytes(one.frames().end()) - 1;
  }

  /** Takes a function from the guest. */
  public Outcome detach(PciAddress device) {
    List<Reserved> held = attached.remove(device);
    if (held == null) {
      return Outcome.of(Errno.ENODEV);
    }
    List<Range> ranges =
        held.stream().map(one -> new Range(one, null, identities.remove(one.frames()))).toList();
    return new Outcome(null, List.of(), List.of(), false, ranges);
  }

  /**
   * Backs frames with something. Where a device's frames are already Xen stops and kills the guest,
   * unless the very same ones come again.
   */
  public Outcome back(Extent extent) {
    GfnRange range = extent.range();
    for (Extent there : map.in(range)) {
      boolean ofDevice = there.type() == P2mType.DEVICE || there.type() == P2mType.IDENTITY;
      if (ofDevice && !isSame(there, extent)) {
        long at = there.range().start();
        if (range.start() < at) {
          put(extent, new GfnRange(range.start(), at));
        }
        return new Outcome(
            Errno.EPERM, List.of(new GfnRange(at, at + 1)), List.of(), true, List.of());
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
