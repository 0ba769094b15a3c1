package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.rdm.RdmChanges;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** P9 and P10: room for the registers of a device that may be plugged into a root port later. */
final class QemuLaterDevices {
  /*
   * Firmware gives a port its windows before the device is there. What the windows cannot hold, the
   * guest's kernel takes from what is left of the root bus's (Linux drivers/pci/setup-bus.c). So
   * room is in the window of the port when that is large enough, and else in the one around it. A
   * window that a port reserves is only aligned to what is behind it at start, so a large register
   * may not fit a window of its own size. A port takes one device at a time: the largest counts.
   */
  private static final String KIND = "hole";

  /** Windows of bridges are whole MiB (PCI-to-PCI bridge specification, 3.2.5.8). */
  private static final long BRIDGE_STEP = 1L << 20;

  /**
   * What a device needs behind its port.
   *
   * @param wide whether it may lie above 4 GiB
   * @param bytes how much
   * @param align a power of two
   * @param window the window of the port that could hold it, or null when that is too small
   * @param there that the device needs it
   * @param kept that there is room
   */
  record Room(
      String name,
      PciAssignment device,
      boolean wide,
      long bytes,
      long align,
      @Nullable PciItem window,
      Statement there,
      Statement kept) {}

  /**
   * What registers of one kind want of a window.
   *
   * @param bytes whole MiB, as windows are
   * @param align a power of two
   * @param wide whether they may lie above 4 GiB
   * @param origin what says how large the first is
   */
  record Demand(long bytes, long align, boolean wide, Origin origin) {
    /** What the functions of a device want, or null when they have no such register. */
    static @Nullable Demand of(List<GuestFunction> functions, boolean prefetchable) {
      List<Bar> bars =
          functions.stream()
              .flatMap(function -> function.memoryBars().stream())
              .filter(bar -> bar.prefetchable() == prefetchable)
              .toList();
      if (bars.isEmpty()) {
        return null;
      }
      long sum = bars.stream().mapToLong(bar -> Math.max(bar.bytes(), Gfn.BYTES)).sum();
      long align = bars.stream().mapToLong(Bar::bytes).max().orElse(0);
      return new Demand(
          ByteRange.roundUp(sum, BRIDGE_STEP),
          Math.max(align, BRIDGE_STEP),
          prefetchable && bars.stream().allMatch(PciNeeds::isWide),
          bars.get(0).origin());
    }

    /** Whether a window has room for it wherever it lies. */
    boolean isMetBy(long windowBytes, long windowAlign) {
      return windowBytes >= bytes + Math.max(0, align - windowAlign);
    }
  }

  private QemuLaterDevices() {}

  /** Adds them; {@code placed} is what lies in the windows for registers. */
  static void add(
      Draft draft, Scene scene, QemuPlan plan, Widths widths, Region low, List<Region> placed) {
    for (Room room : rooms(scene, plan)) {
      Region region =
          draft.region(
              room.name(),
              KIND,
              Length.fixed(Gfn.ceil(room.bytes())),
              new Alignment(Gfn.floor(room.align())),
              room.there());
      Statement kept = room.kept();
      draft.change(kept, List.of(RdmChanges.never(room.device())));
      draft.rule(new Rule.Within(kept, region, reachable(plan, widths, room)));
      PciItem window = room.window();
      if (window != null) {
        draft.rule(new Rule.Inside(kept, region, find(draft, window.name())));
        continue;
      }
      if (room.wide()) {
        draft.rule(new Rule.Inside(kept, region, find(draft, QemuModel.HOLE64)));
      }
      List<Region> others = new ArrayList<>(placed);
      others.add(low);
      draft.rule(new Rule.Apart(kept, region, others));
      placed.add(region);
    }
  }

  private static GfnSet reachable(QemuPlan plan, Widths widths, Room room) {
    long start = room.wide() ? 0 : plan.firmware().windowStart(QemuMachine.Board.Q35, 0);
    long end = room.wide() ? widths.endByte() : plan.firmware().windowEnd();
    return GfnSet.of(new GfnRange(Gfn.floor(start), Gfn.floor(end)));
  }

  private static Region find(Draft draft, String name) {
    return draft.regions().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /** What the devices that come later need and no window of their ports has for certain. */
  static List<Room> rooms(Scene scene, QemuPlan plan) {
    List<Room> found = new ArrayList<>();
    for (RootPort port : plan.ports()) {
      for (boolean prefetchable : new boolean[] {false, true}) {
        Room largest = null;
        for (List<GuestFunction> functions : behind(scene, port).values()) {
          Room room = room(plan, port, functions, prefetchable);
          largest =
              largest == null || (room != null && room.bytes() > largest.bytes()) ? room : largest;
        }
        if (largest != null) {
          found.add(largest);
        }
      }
    }
    return found;
  }

  /** The functions of each device that may be plugged into a port later. */
  static Map<PciAssignment, List<GuestFunction>> behind(Scene scene, RootPort port) {
    Map<PciAssignment, List<GuestFunction>> found = new LinkedHashMap<>();
    for (GuestFunction function : GuestFunctions.later(scene).all()) {
      PciAssignment device = function.assigned();
      Stated<String> name = device == null ? null : device.port();
      if (device != null && name != null && name.value().equals(port.name())) {
        found.computeIfAbsent(device, d -> new ArrayList<>()).add(function);
      }
    }
    return found;
  }

  private static @Nullable Room room(
      QemuPlan plan, RootPort port, List<GuestFunction> functions, boolean prefetchable) {
    PciAssignment device = functions.get(0).assigned();
    Demand demand = Demand.of(functions, prefetchable);
    if (demand == null || device == null) {
      return null;
    }
    String what = PciNeeds.windowName(port, prefetchable);
    PciItem made = plan.window(port, prefetchable);
    boolean holds =
        made != null && made.bytes() >= demand.bytes() && (demand.wide() || !made.wide());
    if (holds && made != null && demand.isMetBy(made.bytes(), made.align())) {
      return null;
    }
    String name = "room for later in the " + what;
    Statement there =
        Statement.required(
            "P9",
            "%s takes %s behind %s, aligned to %s"
                .formatted(
                    Words.device(device),
                    Sizes.size(demand.bytes()),
                    port.name(),
                    Sizes.size(demand.align())),
            demand.origin());
    Statement kept =
        new Statement(
            "P10",
            "%s may come later, so the %s has room for its %s of registers"
                .formatted(
                    Words.device(device),
                    holds ? what : demand.wide() ? QemuModel.HOLE64 : "32-bit PCI window",
                    Sizes.size(demand.bytes())),
            device.origin(),
            Strength.preferred(1));
    return new Room(
        name,
        device,
        demand.wide(),
        demand.bytes(),
        demand.align(),
        holds ? made : null,
        there,
        kept);
  }

  /** Devices that no room is planned for, and why. */
  static List<Finding> findings(Scene scene, PlatformName platform) {
    List<Finding> found = new ArrayList<>();
    for (PciAssignment device : scene.guest().pci().pool()) {
      if (device.port() == null) {
        found.add(
            new Finding(
                Severity.WARNING,
                "later-device-not-planned",
                "%s may come later and no room is planned for it%s"
                    .formatted(
                        Words.device(device),
                        platform == PlatformName.QEMU_Q35
                            ? ": it is behind no root port, where QEMU could plug it in"
                            : ""),
                device.origin()));
      }
    }
    found.addAll(GuestFunctions.later(scene).findings());
    return found;
  }
}
