package org.gfnplan.cli.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.HostChange;
import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest sets of changes after which all guests of a host fit together. Each is planned,
 * checked and replayed for every guest before it is offered, and none has a part that can be left
 * out.
 */
final class HostRepairSearch {
  /* The tree of RepairSearch; a set of changes is extended first by what the guests may not share,
   * then by the first guest that is left without a layout. */
  private static final int MOST_REPAIRS = 4;
  private static final int MOST_ATTEMPTS = 200;
  private static final int MOST_CHANGES = 6;

  private final Planner planner;
  private final Host host;
  private final List<Tenant> tenants;
  private final List<Platform> platforms;
  private final PriorityQueue<Candidate> open = new PriorityQueue<>(Candidate.ORDER);
  private final Set<TreeSet<String>> seen = new HashSet<>();
  private final List<Map<Guest, Alone>> known = new ArrayList<>();

  HostRepairSearch(Planner planner, Host host, List<Tenant> tenants, List<Platform> platforms) {
    this.planner = planner;
    this.host = host;
    this.tenants = tenants;
    this.platforms = platforms;
    tenants.forEach(tenant -> known.add(new HashMap<>()));
  }

  /** Repairs of guests that are in conflict, cheapest first. */
  List<HostRepair> repairs(HostModel model, Conflict conflict) {
    List<HostRepair> found = new ArrayList<>();
    Candidate none = new Candidate(List.of(), tenants.stream().map(Tenant::guest).toList());
    extend(none, model, conflict);
    for (int tried = 0; tried < MOST_ATTEMPTS && found.size() < MOST_REPAIRS; tried++) {
      Candidate next = open.poll();
      if (next == null) {
        break;
      }
      if (found.stream().noneMatch(next::holds)) {
        HostRepair repair = tried(next);
        if (repair != null && isMinimal(next)) {
          found.add(repair);
        }
      }
    }
    return found;
  }

  /** The repair that a set of changes is; null when it is none, and then it is extended. */
  private @Nullable HostRepair tried(Candidate candidate) {
    HostModel model = model(candidate.guests());
    if (planner.solve(model.problem()).answer() instanceof Conflict conflict) {
      extend(candidate, model, conflict);
      return null;
    }
    List<Realised> realised = new ArrayList<>();
    for (int i = 0; i < tenants.size(); i++) {
      Guest guest = candidate.guests().get(i);
      Alone alone = alone(i, guest);
      if (alone.realised() == null) {
        extend(candidate, i, guest, alone);
        return null;
      }
      realised.add(alone.realised());
    }
    return fits(candidate.guests())
        ? new HostRepair(candidate.changes(), candidate.guests(), realised)
        : null;
  }

  private HostModel model(List<Guest> guests) {
    List<Tenant> changed = new ArrayList<>();
    for (int i = 0; i < tenants.size(); i++) {
      changed.add(tenants.get(i).with(guests.get(i)));
    }
    return HostModel.of(host, changed);
  }

  private Alone alone(int index, Guest guest) {
    return known.get(index).computeIfAbsent(guest, g -> planned(index, g));
  }

  private Alone planned(int index, Guest guest) {
    Scene scene = new Scene(host, guest);
    Platform platform = platforms.get(index);
    if (!platform.unusable(scene).isEmpty()) {
      return new Alone(null, null, null);
    }
    Planner.Attempt attempt = planner.attempt(scene, platform);
    return new Alone(
        attempt.realised(),
        attempt.model(),
        attempt.solution().answer() instanceof Conflict conflict ? conflict : null);
  }

  private void extend(Candidate from, HostModel model, Conflict conflict) {
    for (Statement statement : conflict.statements()) {
      model.changesOf(statement).forEach(change -> open(from, change));
    }
  }

  private void extend(Candidate from, int index, Guest guest, Alone alone) {
    Model model = alone.model();
    Conflict conflict = alone.conflict();
    if (model == null || conflict == null) {
      return;
    }
    for (Statement statement : conflict.statements()) {
      model.changesOf(statement).forEach(change -> open(from, HostChange.of(index, guest, change)));
    }
  }

  private void open(Candidate from, HostChange change) {
    Candidate longer = from.with(change);
    if (longer != null && longer.changes().size() <= MOST_CHANGES && seen.add(longer.keys())) {
      open.add(longer);
    }
  }

  /** Whether the guests do not fit without any one of the changes. */
  private boolean isMinimal(Candidate candidate) {
    for (HostChange left : candidate.changes()) {
      List<Guest> guests = tenants.stream().map(Tenant::guest).toList();
      for (HostChange change : candidate.changes()) {
        guests = change.key().equals(left.key()) ? guests : change.edit().apply(guests);
      }
      if (candidate.changes().size() > 1 && fits(guests)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(List<Guest> guests) {
    if (!(planner.solve(model(guests).problem()).answer() instanceof Layout)) {
      return false;
    }
    for (int i = 0; i < guests.size(); i++) {
      if (alone(i, guests.get(i)).realised() == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * What became of a guest alone.
   *
   * @param realised its layout, or null
   * @param model what was asked, or null when its platform cannot take it
   * @param conflict why it has none, or null
   */
  private record Alone(
      @Nullable Realised realised, @Nullable Model model, @Nullable Conflict conflict) {}

  /**
   * Changes to try together.
   *
   * @param changes in the order they were met
   * @param guests the guests with all of them
   */
  private record Candidate(List<HostChange> changes, List<Guest> guests) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparingInt(Candidate::cost)
            .thenComparingInt(candidate -> candidate.changes().size())
            .thenComparing(candidate -> String.join("\n", candidate.keys()));

    int cost() {
      return changes.stream().mapToInt(HostChange::cost).sum();
    }

    TreeSet<String> keys() {
      TreeSet<String> keys = new TreeSet<>();
      changes.forEach(change -> keys.add(change.key()));
      return keys;
    }

    /** With one more change, or null when it is there already. */
    @Nullable Candidate with(HostChange change) {
      if (keys().contains(change.key())) {
        return null;
      }
      List<HostChange> longer = new ArrayList<>(changes);
      longer.add(change);
      return new Candidate(List.copyOf(longer), change.edit().apply(guests));
    }

    /** Whether a repair's changes are all among these. */
    boolean holds(HostRepair repair) {
      TreeSet<String> keys = keys();
      return repair.changes().stream().allMatch(change -> keys.contains(change.key()));
    }
  }
}
