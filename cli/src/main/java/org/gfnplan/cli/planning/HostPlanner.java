package org.gfnplan.cli.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.models.report.Plan;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.explain.Solution;
import org.gfnplan.solver.problem.Origin;

/** Plans several guests on one host: each alone, and what they may not share. */
public final class HostPlanner {
  private final Planner planner;

  /** A planner of hosts that plans each guest with {@code planner}. */
  public HostPlanner(Planner planner) {
    this.planner = planner;
  }

  /**
   * The plan of these guests.
   *
   * @throws UnusableInput when two guests have one name, or a platform cannot take its guest
   * @throws ReplayDisagrees when a plan's settings do not lead to its layout
   */
  public HostPlan plan(Host host, List<Tenant> tenants) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>(sameNames(tenants));
    List<Platform> platforms = new ArrayList<>();
    for (Tenant tenant : tenants) {
      Platform platform = planner.platform(tenant.platform());
      platforms.add(platform);
      problems.addAll(platform.unusable(new Scene(host, tenant.guest())));
    }
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < tenants.size(); i++) {
      Set<PciAddress> taken = takenByOthers(tenants, i);
      plans.add(
          planner.plan(
              new Scene(host, tenants.get(i).guest(), tenants.get(i).text()),
              platforms.get(i),
              guest -> takes(guest, taken)));
    }
    HostModel model = HostModel.of(host, tenants);
    Solution solution = planner.solve(model.problem());
    List<HostRepair> repairs =
        solution.answer() instanceof Conflict conflict
            ? new HostRepairSearch(planner, host, tenants, platforms).repairs(model, conflict)
            : List.of();
    return new HostPlan(host, solution.engine(), plans, model, solution.answer(), repairs);
  }

  private static List<InputProblem> sameNames(List<Tenant> tenants) {
    List<InputProblem> found = new ArrayList<>();
    Map<String, Origin> names = new HashMap<>();
    for (Tenant tenant : tenants) {
      Guest guest = tenant.guest();
      Origin first = names.putIfAbsent(guest.name(), guest.document());
      if (first != null) {
        found.add(
            new InputProblem(
                guest.document(),
                "there are two guests `%s`, the first in %s"
                    .formatted(guest.name(), first.shortForm())));
      }
    }
    return found;
  }

  /** What other guests have and this one has not, so that no repair of its own may take it. */
  private static Set<PciAddress> takenByOthers(List<Tenant> tenants, int index) {
    Set<PciAddress> taken = new HashSet<>();
    for (int i = 0; i < tenants.size(); i++) {
      if (i != index) {
        tenants.get(i).guest().devices().forEach(device -> taken.addAll(device.functions()));
      }
    }
    tenants.get(index).guest().devices().forEach(device -> taken.removeAll(device.functions()));
    return taken;
  }

  private static boolean takes(Guest guest, Set<PciAddress> taken) {
    return guest.devices().stream()
        .noneMatch(device -> device.functions().stream().anyMatch(taken::contains));
  }
}
