package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PmemWindow;
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
    found.each("persistent memory", guest.pmem(), PmemWindow::origin);
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    found.each(
        "`max-ram-below-4g`",
        limit == null ? List.of() : List.of(limit.origin()),
        Function.identity());
    return found.problems;
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
