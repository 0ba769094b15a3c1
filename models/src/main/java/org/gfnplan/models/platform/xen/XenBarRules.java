package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.BarChanges;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** P7 and D15: low RAM ends where hvmloader finds a good address for every register. */
final class XenBarRules {
  /*
   * A region of one frame stands where low RAM ends, and each register confines it to the ends
   * under which hvmloader places it. A register's statement takes those placed before it as given:
   * hvmloader goes by size, and what it skips is lost to the smaller ones. Registers that exclude
   * no end that an earlier one allows say nothing, so most guests get no such region at all.
   */
  private static final Origin PACKING = Origin.builtIn("hvmloader pci.c", "pci_setup");

  private final Draft draft;
  private final Scene scene;
  private final Region low;
  private final XenBars bars;

  /** For each end of low RAM in bytes, how far hvmloader gets under the best of its holes. */
  private final TreeMap<Long, Integer> reach = new TreeMap<>();

  private @Nullable Region marker;

  private XenBarRules(Draft draft, Scene scene, Region low) {
    this.draft = draft;
    this.scene = scene;
    this.low = low;
    this.bars = XenBars.of(scene);
  }

  static void add(Draft draft, Scene scene, Region low) {
    new XenBarRules(draft, scene, low).add();
  }

  private void add() {
    askEveryHole();
    List<XenBars.Register> registers = bars.registers();
    int before = reach.size();
    for (int i = 0; i < registers.size(); i++) {
      int left = endsBeyond(i);
      if (left < before) {
        confine(registers.get(i), allowed(i), left);
        before = left;
      }
    }
    if (endsBeyond(registers.size()) < before) {
      Statement clear =
          new Statement(
              "D15",
              "hvmloader puts no register on memory that is kept for devices that come later",
              PACKING,
              Strength.preferred(1));
      draft.rule(new Rule.Within(clear, marker(), allowed(registers.size())));
    }
  }

  private void askEveryHole() {
    Stated<Integer> stated = scene.guest().mmioHoleMib();
    ask(0);
    for (int hole = MmioHole.LEAST_MIB; hole <= MmioHole.LARGEST_MIB; hole++) {
      ask(hole);
    }
    if (stated != null) {
      reach.put(bars.lowEnd(stated.value()), bars.reach(stated.value()));
    }
  }

  private void ask(int hole) {
    long end = bars.lowEnd(hole);
    int known = reach.getOrDefault(end, -1);
    if (known < bars.best()) {
      reach.put(end, Math.max(known, bars.reach(hole)));
    }
  }

  private int endsBeyond(int register) {
    return (int) reach.values().stream().filter(value -> value > register).count();
  }

  /** The ends beyond a register, neighbours joined: no end lies between two neighbours. */
  private GfnSet allowed(int register) {
    List<GfnRange> runs = new ArrayList<>();
    long first = -1;
    long last = -1;
    for (Map.Entry<Long, Integer> end : reach.entrySet()) {
      if (end.getValue() > register) {
        first = first < 0 ? Gfn.floor(end.getKey()) : first;
        last = Gfn.floor(end.getKey());
      } else if (first >= 0) {
        runs.add(new GfnRange(first, last + 1));
        first = -1;
      }
    }
    if (first >= 0) {
      runs.add(new GfnRange(first, last + 1));
    }
    return GfnSet.of(runs);
  }

  private void confine(XenBars.Register register, GfnSet allowed, int left) {
    GuestFunction owner = register.owner();
    PciAssignment device = owner == null ? null : owner.assigned();
    String what = "%s (%s)".formatted(register.name(), Sizes.size(register.bar().bytes()));
    Statement finds =
        Statement.required(
            "P7",
            "hvmloader, largest first, finds %s".formatted(room(what, allowed, left)),
            device != null ? device.origin() : owner != null ? owner.origin() : PACKING);
    draft.rule(new Rule.Within(finds, marker(), allowed));
    if (owner != null) {
      List<Change> changes = new ArrayList<>(BarChanges.of(scene, owner, register.bar()));
      draft.change(finds, changes);
    }
  }

  private String room(String what, GfnSet allowed, int left) {
    if (left == 0) {
      return "no good address for %s under any hole".formatted(what);
    }
    long last = allowed.ranges().get(allowed.ranges().size() - 1).end() - 1;
    long most = Gfn.toBytes(last);
    return allowed.ranges().size() == 1
            && allowed.ranges().get(0).start() == Gfn.floor(reach.firstKey())
        ? "a good address for %s only when low RAM ends at or below 0x%x".formatted(what, most)
        : "a good address for %s only under %d of %d ends of low RAM, 0x%x the highest"
            .formatted(what, left, reach.size(), most);
  }

  /** The frame where low RAM ends. */
  private Region marker() {
    Region made = marker;
    if (made == null) {
      Statement window =
          Statement.required("P8", "hvmloader starts the PCI window at or above low RAM", PACKING);
      made = draft.region("PCI window", "edge", Length.fixed(1), window);
      draft.rule(new Rule.SameEdge(window, made.start(), low.end()));
      marker = made;
    }
    return made;
  }
}
