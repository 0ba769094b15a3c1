package org.gfnplan.cli.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.MachineChanges;
import org.gfnplan.models.report.Repair;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest sets of changes after which a guest has a layout. Each is planned, checked and
 * replayed before it is offered, and none has a part that can be left out.
 */
final class RepairSearch {
  /*
   * A hitting-set tree in order of cost: every repair has to change something about every conflict,
   * so a set of changes that still conflicts is extended by what can be changed about that
   * conflict. The first sets that have a layout are the cheapest ones.
   */
  private static final int MOST_REPAIRS = 4;
  private static final int MOST_ATTEMPTS = 200;
  private static final int MOST_CHANGES = 8;

  private final Planner planner;
  private final Scene scene;
  private final Platform platform;
  private final Predicate<Guest> allowed;
  private final PriorityQueue<Candidate> open = new PriorityQueue<>(Candidate.ORDER);
  private final Set<TreeSet<String>> seen = new HashSet<>();

  RepairSearch(Planner planner, Scene scene, Platform platform, Predicate<Guest> allowed) {
    this.planner = planner;
    this.scene = scene;
    this.platform = platform;
    this.allowed = allowed;
  }

  /** Repairs of a scene whose model is in conflict, cheapest first. */
  List<Repair> repairs(Model model, Conflict conflict) {
    List<Repair> found = new ArrayList<>();
    extend(new Candidate(List.of(), scene.guest()), model, conflict);
    for (int tried = 0; tried < MOST_ATTEMPTS && found.size() < MOST_REPAIRS; tried++) {
      Candidate next = open.poll();
      if (next == null) {
        break;
      }
      Scene changed = scene.with(next.guest());
      if (found.stream().anyMatch(next::holds)
          || !allowed.test(next.guest())
          || !platform.unusable(changed).isEmpty()) {
        continue;
      }
      Planner.Attempt attempt = planner.attempt(changed, platform);
      Realised realised = attempt.realised();
      if (realised != null && isMinimal(next)) {
        found.add(new Repair(next.changes(), next.guest(), realised));
      } else if (attempt.solution().answer() instanceof Conflict still
          && next.changes().size() < MOST_CHANGES) {
        extend(next, attempt.model(), still);
      }
    }
    Repair smaller = lessMemory(conflict);
    if (smaller != null) {
      found.add(smaller);
    }
    for (Change change : MachineChanges.of(scene.guest())) {
      Repair other = elsewhere(change);
      if (other != null) {
        found.add(other);
      }
    }
    found.sort(Comparator.comparingInt(Repair::cost));
    RepairDiffs diffs = new RepairDiffs(planner, scene, platform);
    return found.stream().limit(MOST_REPAIRS).map(diffs::with).toList();
  }

  /** The guest with other firmware or on another machine, where it has a layout as it is. */
  private @Nullable Repair elsewhere(Change change) {
    Guest guest = change.edit().apply(scene.guest());
    Platform there = planner.platform(guest, scene.guest(), platform);
    Scene changed = scene.with(guest);
    if (!allowed.test(guest) || !there.unusable(changed).isEmpty()) {
      return null;
    }
    Realised realised = planner.attempt(changed, there).realised();
    return realised == null ? null : new Repair(List.of(change), guest, realised);
  }

  private void extend(Candidate from, Model model, Conflict conflict) {
    for (Statement statement : conflict.statements()) {
      for (Change change : model.changesOf(statement)) {
        Candidate longer = from.with(change);
        if (longer != null && seen.add(longer.keys())) {
          open.add(longer);
        }
      }
    }
  }

  /** Whether there is no layout without any one of the changes. */
  private boolean isMinimal(Candidate candidate) {
    if (candidate.changes().size() == 1) {
      return true;
    }
    for (Change left : candidate.changes()) {
      Guest guest = scene.guest();
      for (Change change : candidate.changes()) {
        guest = change.key().equals(left.key()) ? guest : change.edit().apply(guest);
      }
      Scene without = scene.with(guest);
      if (platform.unusable(without).isEmpty()
          && planner.attempt(without, platform).realised() != null) {
        return false;
      }
    }
    return true;
  }

  /** The guest with the most memory that halving finds a layout for; null when it finds none. */
  private @Nullable Repair lessMemory(Conflict conflict) {
    Origin line = null;
    for (Statement statement : conflict.statements()) {
      line = statement.id().equals("R1") ? statement.origin() : line;
    }
    if (line == null) {
      return null;
    }
    long fits = 0;
    long fails = scene.guest().memory().mostKib().value() / 1024;
    Repair best = null;
    while (fails - fits > 1) {
      long middle = (fits + fails) >>> 1;
      Repair repair = withMemory(middle, line);
      if (repair == null) {
        fails = middle;
      } else {
        fits = middle;
        best = repair;
      }
    }
    return best;
  }

  private @Nullable Repair withMemory(long mib, Origin line) {
    Change change =
        new Change(
            "memory",
            "memory of %d MiB".formatted(mib),
            Change.SHRINK,
            null,
            line,
            guest -> guest.withMemory(guest.memory().withSize(Stated.by(mib * 1024, line))));
    Guest guest = change.edit().apply(scene.guest());
    Scene changed = scene.with(guest);
    if (!platform.unusable(changed).isEmpty()) {
      return null;
    }
    Realised realised = planner.attempt(changed, platform).realised();
    return realised == null ? null : new Repair(List.of(change), guest, realised);
  }

  /**
   * Changes to try together.
   *
   * @param changes in the order they were met
   * @param guest the guest with all of them
   */
  private record Candidate(List<Change> changes, Guest guest) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparingInt(Candidate::cost)
            .thenComparingInt(candidate -> candidate.changes().size())
            .thenComparing(candidate -> String.join("\n", candidate.keys()));

    int cost() {
      return changes.stream().mapToInt(Change::cost).sum();
    }

    TreeSet<String> keys() {
      TreeSet<String> keys = new TreeSet<>();
      changes.forEach(change -> keys.add(change.key()));
      return keys;
    }

    /** With one more change, or null when it is there already. */
    @Nullable Candidate with(Change change) {
      if (keys().contains(change.key())) {
        return null;
      }
      List<Change> longer = new ArrayList<>(changes);
      longer.add(change);
      return new Candidate(List.copyOf(longer), change.edit().apply(guest));
    }

    /** Whether these do all that a repair does, or go further. */
    boolean holds(Repair repair) {
      return repair.changes().stream()
          .allMatch(
              change ->
                  changes.stream()
                      .anyMatch(mine -> mine.key().equals(change.key()) || mine.exceeds(change)));
    }
  }
}
