package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.models.guest.EmulatedFunction;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/**
 * What a guest may state and the models of Xen do not take into account. A plan that left it out
 * would be the plan of another guest, so it is a problem.
 */
final class Unplanned {
  private final String platform;
  private final List<InputProblem> problems = new ArrayList<>();

  private Unplanned(String platform) {
    this.platform = platform;
  }

  static List<InputProblem> of(Guest guest, String platform) {
    Unplanned found = new Unplanned(platform);
    found.each("virtual NUMA nodes", guest.memory().nodes(), NumaNode::origin);
    found.each("emulated functions", guest.pci().emulated(), EmulatedFunction::origin);
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    found.each(
        "`max-ram-below-4g`",
        limit == null ? List.of() : List.of(limit.origin()),
        Function.identity());
    for (PciAssignment device : guest.devices()) {
      found.device(device);
    }
    return found.problems;
  }

  private void device(PciAssignment device) {
    if (!device.bars().isEmpty() || !device.resized().isEmpty()) {
      problem("sizes of PCI windows", device.origin());
    }
  }

  private <T> void each(String what, List<T> stated, Function<T, Origin> origin) {
    if (!stated.isEmpty()) {
      problem(what, origin.apply(stated.get(0)));
    }
  }

  private void problem(String what, Origin origin) {
    problems.add(new InputProblem(origin, "`%s` does not plan %s yet".formatted(platform, what)));
  }
}
