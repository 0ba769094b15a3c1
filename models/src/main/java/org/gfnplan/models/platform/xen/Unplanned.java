package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;

/**
 * What a guest may state and the models of Xen do not take into account. A plan that left it out
 * would be the plan of another guest, so it is a problem.
 */
final class Unplanned {
  private Unplanned() {}

  static List<InputProblem> of(Guest guest, String platform) {
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    return limit == null
        ? List.of()
        : List.of(
            new InputProblem(
                limit.origin(), "`%s` does not plan `max-ram-below-4g` yet".formatted(platform)));
  }
}
