package org.gfnplan.models.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/** What must hold between the values of any guest, however it was written down. */
public final class GuestRules {
  private static final int MOST_BITS = 52;

  private GuestRules() {}

  /** The rules that a guest breaks; none when it can be planned. */
  public static List<InputProblem> broken(Guest guest) {
    List<InputProblem> problems = new ArrayList<>();
    width(guest, problems);
    slots(guest, problems);
    return problems;
  }

  /* A device that no address reaches is a slip of the pen, not a conflict between parties. */
  private static void width(Guest guest, List<InputProblem> problems) {
    Stated<Integer> bits = guest.machine().physicalBits();
    int width = bits == null ? MOST_BITS : bits.value();
    long limit = 1L << width;
    for (PmemWindow window : guest.pmem()) {
      Stated<Long> start = window.startByte();
      if (window.bytes().value() > limit) {
        problems.add(
            new InputProblem(
                window.bytes().origin(),
                "`%s` has %s, %d address bits reach %s"
                    .formatted(
                        window.name(),
                        Bytes.format(window.bytes().value()),
                        width,
                        Bytes.format(limit))));
      } else if (start != null && start.value() > limit - window.bytes().value()) {
        problems.add(
            new InputProblem(
                start.origin(),
                "`%s` ends beyond the %d address bits of the guest"
                    .formatted(window.name(), width)));
      }
    }
  }

  private static void slots(Guest guest, List<InputProblem> problems) {
    MemorySlots room = guest.memory().slots();
    Map<Integer, Origin> taken = new HashMap<>();
    for (PmemWindow window : guest.pmem()) {
      Stated<Integer> slot = window.slot();
      if (slot == null) {
        continue;
      }
      if (guest.platform().value().isQemu()
          && room != null
          && slot.value() >= room.slots().value()) {
        problems.add(
            new InputProblem(
                slot.origin(),
                "slot %d is not one of the guest's %d"
                    .formatted(slot.value(), room.slots().value())));
      }
      Origin earlier = taken.putIfAbsent(slot.value(), slot.origin());
      if (earlier != null) {
        problems.add(
            new InputProblem(
                slot.origin(),
                "slot %d is given twice, first in %s"
                    .formatted(slot.value(), earlier.shortForm())));
      }
    }
  }
}
