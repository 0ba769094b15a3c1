package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.platform.hostwide.HostChange;
import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.solver.answer.Answer;

/**
 * What is reported about several guests on one host.
 *
 * @param host the host
 * @param engine who decided whether they fit together
 * @param plans a plan for each guest, in order
 * @param model what the guests may not share
 * @param answer the checked answer to that
 * @param repairs changes that were planned and checked, cheapest first; only for a conflict
 */
public record HostPlan(
    Host host,
    String engine,
    List<Plan> plans,
    HostModel model,
    Answer answer,
    List<HostRepair> repairs) {
  public HostPlan {
    plans = List.copyOf(plans);
    repairs = List.copyOf(repairs);
  }

  /** How the guests fit together, whatever becomes of each alone. */
  public Verdict together() {
    return Verdict.of(answer);
  }

  /** The worst of how each guest ends and how they fit together. */
  public Verdict verdict() {
    List<Verdict> all =
        Stream.concat(Stream.of(together()), plans.stream().map(Plan::verdict)).toList();
    return all.contains(Verdict.UNDECIDED)
        ? Verdict.UNDECIDED
        : all.contains(Verdict.CONFLICT) ? Verdict.CONFLICT : Verdict.LAYOUT;
  }

  /** What else a user should know about the guests together. */
  public List<Finding> findings() {
    return model.findings();
  }

  /** What a repair changes about each guest that it changes, in order. */
  public List<Part> parts(HostRepair repair) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      if (!repair.guests().get(i).equals(plan.scene().guest())) {
        int index = i;
        parts.add(
            new Part(
                plan,
                new Repair(
                    repair.changes().stream()
                        .filter(change -> change.index() == index)
                        .flatMap(change -> Stream.ofNullable(change.single()))
                        .toList(),
                    repair.guests().get(i),
                    repair.realised().get(i))));
      }
    }
    return parts;
  }

  /** What to change, joined by "and"; a value that was left to the planner is named. */
  public String title(HostRepair repair) {
    List<String> titles = new ArrayList<>();
    for (HostChange change : repair.changes()) {
      titles.add(title(repair, change));
    }
    return String.join(" and ", titles);
  }

  private String title(HostRepair repair, HostChange change) {
    if (change.single() == null) {
      return change.title();
    }
    Plan plan = plans.get(change.index());
    int index = change.index();
    Repair part =
        new Repair(
            List.of(change.single()), repair.guests().get(index), repair.realised().get(index));
    return "%s in guest `%s`".formatted(RepairWords.title(plan, part), plan.scene().guest().name());
  }

  /**
   * What a repair of the host means for one guest.
   *
   * @param plan the guest's plan without it
   * @param repair the guest with it
   */
  public record Part(Plan plan, Repair repair) {}
}
