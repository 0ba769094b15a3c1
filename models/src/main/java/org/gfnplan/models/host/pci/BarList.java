package org.gfnplan.models.host.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** The base address registers of one function as a reader finds them; what cannot be is refused. */
final class BarList {
  private final PciAddress device;
  private final SourceFacts facts;
  private final Map<Integer, Bar> bars = new TreeMap<>();
  private final Map<Integer, List<Long>> sizes = new TreeMap<>();

  /** No register yet of {@code device}; problems go to {@code facts}. */
  BarList(PciAddress device, SourceFacts facts) {
    this.device = device;
    this.facts = facts;
  }

  /** Whether a register with this index was found. */
  boolean has(int index) {
    return bars.containsKey(index);
  }

  /**
   * Adds a register, or a problem.
   *
   * @param bytes unsigned
   * @param hostByte unsigned; 0 and null mean that it is not placed
   */
  void add(
      int index,
      Bar.Space space,
      long bytes,
      boolean prefetchable,
      @Nullable Long hostByte,
      Origin origin) {
    String name = index == Bar.ROM ? "expansion ROM" : "BAR " + index;
    String complaint = BarSize.complaint(space, bytes);
    if (complaint == null && index > Bar.ROM) {
      complaint = "index is above 5";
    }
    if (complaint == null && bars.containsKey(index)) {
      complaint = "is given twice";
    }
    long at = hostByte == null ? 0 : hostByte;
    if (complaint == null && Long.compareUnsigned(at, ByteRange.LIMIT - bytes) > 0) {
      complaint = "at 0x%x is beyond 52 address bits".formatted(at);
    }
    if (complaint != null) {
      problem(origin, name + " of " + device + ": " + complaint);
      return;
    }
    if (at % bytes != 0) {
      facts.addFinding(
          Severity.WARNING,
          "bar-not-aligned",
          "%s of %s is at 0x%x, which is no multiple of its size 0x%x"
              .formatted(name, device, at, bytes),
          origin);
    }
    bars.put(
        index,
        new Bar(
            index,
            space,
            bytes,
            prefetchable,
            List.of(),
            at == 0 ? null : Stated.by(at, origin),
            origin));
  }

  /** Says to which sizes a register can be set; sizes that no guest could place are left out. */
  void resizable(int index, List<Long> bytes) {
    sizes.put(index, bytes.stream().filter(size -> size <= BarSize.MOST).sorted().toList());
  }

  /** Says that something about the function cannot be. */
  void problem(Origin origin, String message) {
    facts.addProblem(new InputProblem(origin, message));
  }

  /** The registers, by index. */
  List<Bar> bars() {
    List<Bar> all = new ArrayList<>();
    for (Bar bar : bars.values()) {
      all.add(
          new Bar(
              bar.index(),
              bar.space(),
              bar.bytes(),
              bar.prefetchable(),
              sizes.getOrDefault(bar.index(), List.of()),
              bar.hostByte(),
              bar.origin()));
    }
    return all;
  }
}
