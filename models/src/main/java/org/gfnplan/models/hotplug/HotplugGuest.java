package org.gfnplan.models.hotplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.hotplug.HotplugEvent.Action;
import org.gfnplan.models.hotplug.HotplugRange.InTheWay;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.xen.AssignReplay;
import org.gfnplan.models.platform.xen.Errno;
import org.gfnplan.models.platform.xen.HostReserved;
import org.gfnplan.models.platform.xen.XenP2m;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.p2m.IdentityOutcome;
import org.gfnplan.solver.p2m.PageCounts;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** A running HVM guest of Xen that was made to a plan, and its devices. */
public final class HotplugGuest {
  /*
   * libxl asks for the device first (libxl_pci.c, do_pci_add) and never whether a range was
   * reserved when the guest was made. What Xen then does is AssignReplay's.
   */
  private static final String NO_PASSTHROUGH =
      "the guest was made without passthrough: a guest that has no device at first needs"
          + " `passthrough = \"enabled\"`";

  private final PlanDocument plan;
  private final Host host;
  private final AssignReplay guest;
  private final GfnSet reserved;

  /** While the guest is made, the devices that it is made with. */
  private final Set<PciAddress> coming = new TreeSet<>();

  private HotplugGuest(PlanDocument plan, Host host, boolean passthrough) {
    this.plan = plan;
    this.host = host;
    this.guest =
        new AssignReplay(
            1,
            XenP2m.of(plan.map()),
            host.reserved().stream().map(HostReserved::new).toList(),
            passthrough);
    List<GfnRange> kept = new ArrayList<>();
    for (E820Entry entry : plan.e820()) {
      if (entry.type() != E820Entry.RAM) {
        kept.add(GfnRange.coveringBytes(entry.startByte(), entry.endByte()));
      }
    }
    this.reserved = GfnSet.of(kept);
  }

  /**
   * Makes the guest, runs the events in order and tells what came of each.
   *
   * @param devices the devices that the guest is made with
   * @param passthrough whether it is made so that devices can be given to it, or null when that
   *     follows from whether it is made with one
   * @throws UnusableInput when the plan is for another platform, or nothing says what the host
   *     reserves
   */
  public static HotplugReport run(
      PlanDocument plan,
      Host host,
      List<PciAssignment> devices,
      @Nullable Boolean passthrough,
      List<HotplugEvent> events)
      throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    if (!plan.platform().equals("xen-hvm")) {
      problems.add(
          new InputProblem(
              Origin.builtIn(plan.document(), ""),
              "devices are given to running guests of `xen-hvm` only, this plan is for `%s`"
                  .formatted(plan.platform())));
    }
    if (!host.reservedKnown()) {
      problems.add(
          new InputProblem(
              Origin.builtIn(host.name(), ""),
              "no source of the host lists reserved device memory, so none can be said to be"
                  + " mapped"));
    }
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    boolean able = passthrough == null ? !devices.isEmpty() : passthrough;
    HotplugGuest guest = new HotplugGuest(plan, host, able);
    List<HotplugStep> atCreation = new ArrayList<>();
    for (PciAssignment device : devices) {
      guest.coming.addAll(guest.functions(device));
    }
    for (PciAssignment device : devices) {
      for (PciAddress function : guest.functions(device)) {
        atCreation.add(guest.attach(function, policy(device)));
      }
    }
    guest.coming.clear();
    PageCounts before = guest.guest.pages();
    List<HotplugStep> steps = events.stream().map(guest::apply).toList();
    return new HotplugReport(plan, host.name(), atCreation, steps, before, guest.guest.pages());
  }

  private static RdmPolicy policy(PciAssignment device) {
    RdmPolicies policies = device.policies();
    return policies == null ? RdmPolicy.STRICT : policies.flag();
  }

  /** The functions that are meant; of all functions of a device, those that anything speaks of. */
  private List<PciAddress> functions(PciAssignment device) {
    return device.functions().stream()
        .filter(at -> at.equals(device.address()) || isListed(at) || isNamed(at))
        .toList();
  }

  private boolean isListed(PciAddress address) {
    List<HostDevice> devices = host.devices();
    return devices != null && devices.stream().anyMatch(d -> d.address().equals(address));
  }

  private boolean isNamed(PciAddress address) {
    return host.reserved().stream()
        .flatMap(memory -> memory.devices().stream())
        .anyMatch(scope -> address.equals(scope.address()));
  }

  private HotplugStep apply(HotplugEvent event) {
    return event.action() == Action.ATTACH ? attach(event.device(), event.policy()) : detach(event);
  }

  private HotplugStep attach(PciAddress device, RdmPolicy policy) {
    HotplugEvent event = new HotplugEvent(Action.ATTACH, device, policy);
    if (host.devicesComplete() && !isListed(device)) {
      return refused(event, Errno.ENODEV, "the host has no such function", List.of());
    }
    AssignReplay.Outcome outcome = guest.attach(device, policy);
    Errno error = outcome.error();
    if (error == Errno.EOPNOTSUPP) {
      return refused(event, error, NO_PASSTHROUGH, List.of());
    } else if (error == Errno.EBUSY && outcome.ranges().isEmpty()) {
      return refused(event, error, "the guest has the device already", List.of());
    } else if (error == Errno.EPERM) {
      ReservedMemory memory = memory(outcome.ranges().get(0));
      return refused(
          event,
          error,
          "%s is shared by %s; a strict assignment is refused even when all go to one guest"
              .formatted(memory.label(), names(memory)),
          List.of(range(memory, HotplugRange.Outcome.SHARED, 0, List.of())));
    }
    List<HotplugRange> ranges =
        outcome.ranges().stream().map(one -> range(one, error != null)).toList();
    return error == null ? attached(event, ranges) : failed(event, error, ranges);
  }

  private HotplugStep failed(HotplugEvent event, Errno error, List<HotplugRange> ranges) {
    HotplugRange last = ranges.get(indexOfFailure(ranges));
    return refused(
        event,
        error,
        error == Errno.EADDRINUSE
            ? last.memory().label() + " overlaps another identity mapping of the guest"
            : "%s cannot be mapped, %s is there"
                .formatted(last.memory().label(), words(last.inTheWay())),
        ranges);
  }

  private HotplugStep attached(HotplugEvent event, List<HotplugRange> ranges) {
    Set<PciAddress> inside = new TreeSet<>(guest.attached());
    inside.addAll(coming);
    boolean whole =
        ranges.stream().noneMatch(range -> range.outcome() == HotplugRange.Outcome.SKIPPED);
    return new HotplugStep(
        event,
        whole ? HotplugStep.Outcome.ATTACHED : HotplugStep.Outcome.SKIPPED,
        null,
        whole ? "" : "what the device sends to the frames left out reaches what is there",
        ranges,
        HotplugNotes.of(plan, ranges, inside));
  }

  private static int indexOfFailure(List<HotplugRange> ranges) {
    int index = ranges.size() - 1;
    while (ranges.get(index).outcome() != HotplugRange.Outcome.HELD
        && ranges.get(index).outcome() != HotplugRange.Outcome.CONFLICT) {
      index--;
    }
    return index;
  }

  private HotplugStep detach(HotplugEvent event) {
    AssignReplay.Outcome outcome = guest.detach(event.device());
    if (outcome.error() != null) {
      return refused(event, outcome.error(), "the guest has no such device", List.of());
    }
    List<HotplugRange> ranges = new ArrayList<>();
    for (AssignReplay.Range one : outcome.ranges()) {
      HotplugRange.Outcome left =
          one.holders() == 0 ? HotplugRange.Outcome.UNMAPPED : HotplugRange.Outcome.KEPT;
      ranges.add(range(memory(one), left, one.holders(), List.of()));
    }
    return new HotplugStep(event, HotplugStep.Outcome.DETACHED, null, "", ranges, List.of());
  }

  private static HotplugStep refused(
      HotplugEvent event, Errno error, String message, List<HotplugRange> ranges) {
    return new HotplugStep(
        event, HotplugStep.Outcome.REFUSED, error.name(), message, ranges, List.of());
  }

  private HotplugRange range(AssignReplay.Range one, boolean fails) {
    ReservedMemory memory = memory(one);
    IdentityOutcome outcome = one.mapping();
    if (outcome == null) {
      return range(memory, HotplugRange.Outcome.NEVER_MAPPED, 0, List.of());
    } else if (outcome instanceof IdentityOutcome.Counted counted) {
      return fails
          ? range(memory, HotplugRange.Outcome.UNDONE, counted.holders() - 1, List.of())
          : range(
              memory, HotplugRange.Outcome.COUNTED, counted.holders(), inTheWay(memory.frames()));
    } else if (outcome instanceof IdentityOutcome.HeldOtherwise other) {
      GfnRange both = memory.frames().intersection(other.held());
      return range(
          memory,
          HotplugRange.Outcome.HELD,
          0,
          both == null ? List.of() : List.of(new InTheWay("identity mapping", "rdm", both)));
    } else if (outcome instanceof IdentityOutcome.Taken) {
      return range(memory, HotplugRange.Outcome.CONFLICT, 0, inTheWay(memory.frames()));
    } else if (outcome instanceof IdentityOutcome.Partial && !fails) {
      return range(memory, HotplugRange.Outcome.SKIPPED, 1, inTheWay(memory.frames()));
    }
    return fails
        ? range(memory, HotplugRange.Outcome.UNDONE, 0, List.of())
        : range(memory, HotplugRange.Outcome.MAPPED, 1, List.of());
  }

  private HotplugRange range(
      ReservedMemory memory, HotplugRange.Outcome outcome, int holders, List<InTheWay> inTheWay) {
    return new HotplugRange(memory, outcome, reserved.contains(memory.frames()), holders, inTheWay);
  }

  /** What the plan has in these frames that Xen has pages for. */
  private List<InTheWay> inTheWay(GfnRange frames) {
    List<InTheWay> found = new ArrayList<>();
    for (MapEntry entry : plan.map()) {
      GfnRange both = entry.range().intersection(frames);
      if (both != null && XenP2m.hasPages(entry)) {
        found.add(new InTheWay(entry.name(), entry.kind(), both));
      }
    }
    return found;
  }

  private static ReservedMemory memory(AssignReplay.Range range) {
    return ((HostReserved) range.reserved()).memory();
  }

  private static String names(ReservedMemory memory) {
    return String.join(", ", memory.devices().stream().map(Object::toString).toList());
  }

  private static String words(List<InTheWay> inTheWay) {
    InTheWay first = inTheWay.get(0);
    return "%s at %s".formatted(first.name(), Sizes.range(first.range()));
  }
}
