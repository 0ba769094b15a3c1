package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Short arguments for why there is no layout; empty where none is known. */
final class Certificates {
  private final Model model;

  Certificates(Model model) {
    this.model = model;
  }

  /** Two regions with one place each that must be apart but are not. */
  List<Step> clash(int one, int other) {
    GfnRange mine = new GfnRange(model.startLo[one], model.startLo[one] + model.lengthLo[one]);
    GfnRange theirs =
        new GfnRange(model.startLo[other], model.startLo[other] + model.lengthLo[other]);
    GfnRange both = mine.intersection(theirs);
    if (both == null) {
      return List.of();
    }
    List<Statement> because = because(Set.of(one, other));
    return List.of(new Step.Clash(because, region(one), region(other), both));
  }

  /** Why a line has no value left. */
  List<Step> line(Line line, Part part, boolean[] fixed) {
    for (Constraint constraint : part.constraints()) {
      if (constraint.isRequired() && constraint instanceof Total total) {
        Step step = total(total);
        if (step != null) {
          return List.of(step);
        }
      }
    }
    return line.culprit() instanceof Separate separate && !line.beforeCulprit().isEmpty()
        ? clash(line, separate, part, fixed)
        : List.of();
  }

  private List<Step> clash(Line line, Separate separate, Part part, boolean[] fixed) {
    GfnRange mine = taken(line, separate.region, fixed);
    for (int other : separate.others) {
      GfnRange theirs = taken(line, other, fixed);
      if (mine == null || theirs == null || !mine.overlaps(theirs)) {
        continue;
      }
      GfnRange both =
          new GfnRange(Math.max(mine.start(), theirs.start()), Math.min(mine.end(), theirs.end()));
      Set<Integer> about = new LinkedHashSet<>(List.of(separate.region, other));
      for (int r : part.members()) {
        about.add(r);
      }
      List<Statement> because = because(about);
      List<Step> steps = new ArrayList<>();
      if (!fixed[separate.region]) {
        steps.add(new Step.Forced(because, region(separate.region), mine));
      }
      if (!fixed[other]) {
        steps.add(new Step.Forced(because, region(other), theirs));
      }
      steps.add(new Step.Clash(because, region(separate.region), region(other), both));
      return steps;
    }
    return List.of();
  }

  /** The frames that the region takes for every value before the culprit, or null. */
  private @Nullable GfnRange taken(Line line, int r, boolean[] fixed) {
    if (fixed[r]) {
      return range(model.startLo[r], model.startLo[r] + model.lengthLo[r]);
    }
    long x = line.beforeCulprit().least();
    long y = line.beforeCulprit().most();
    int s = Store.start(r);
    int e = Store.end(r);
    return range(
        Math.max(line.edges.value(s, x), line.edges.value(s, y)),
        Math.min(line.edges.value(e, x), line.edges.value(e, y)));
  }

  private static @Nullable GfnRange range(long start, long end) {
    return 0 <= start && start < end && end <= Gfn.LIMIT ? new GfnRange(start, end) : null;
  }

  private @Nullable Step total(Total total) {
    long least = 0;
    long most = 0;
    Set<Integer> about = new LinkedHashSet<>();
    List<Region> summands = new ArrayList<>();
    for (int r : total.regions) {
      long start = model.startLo[r];
      if (start != model.startHi[r]) {
        return null;
      }
      least += total.except.outside(start, Math.min(Gfn.LIMIT, start + model.lengthLo[r]));
      most += total.except.outside(start, Math.min(Gfn.LIMIT, start + model.lengthHi[r]));
      about.add(r);
      summands.add(region(r));
    }
    return least <= total.frames && total.frames <= most
        ? null
        : new Step.Total(because(about), summands, total.frames, least, most);
  }

  /** Why items have no room when their zones have at most these free frames. */
  List<Step> room(Items items, Counting counting, FreeList[] free, Part part) {
    Set<Integer> about = new LinkedHashSet<>();
    for (Constraint constraint : part.constraints()) {
      for (int r : constraint.regions) {
        about.add(r);
      }
    }
    for (int r : part.members()) {
      about.add(r);
    }
    for (int item = 0; item < items.count(); item++) {
      FreeList zone = free[items.zoneOf[item]];
      if (zone.lowest(items.size(item), items.step(item), 0) < 0) {
        return List.of(
            new Step.NoGap(
                because(about),
                region(items.regions[item]),
                set(zone),
                zone.longest(items.step(item))));
      }
    }
    Counting.Shortage shortage = counting.shortage(free);
    if (shortage == null) {
      return List.of();
    }
    return List.of(
        new Step.Overfull(
            because(about),
            set(shortage.free()),
            1L << shortage.level(),
            shortage.needed(),
            shortage.fit()));
  }

  private static GfnSet set(FreeList free) {
    List<GfnRange> ranges = new ArrayList<>(free.count());
    for (int i = 0; i < free.count(); i++) {
      ranges.add(new GfnRange(free.start(i), free.end(i)));
    }
    return GfnSet.of(ranges);
  }

  private Region region(int r) {
    return model.regions.get(r);
  }

  /** The required statements that speak of nothing but these regions, and those they hang from. */
  private List<Statement> because(Set<Integer> about) {
    Set<Region> regions = new LinkedHashSet<>();
    Set<Statement> found = new LinkedHashSet<>();
    for (int r = 0; r < model.size(); r++) {
      if (about.contains(r)) {
        regions.add(region(r));
        found.add(region(r).statement());
      }
    }
    for (Rule rule : model.problem.rules()) {
      if (rule.statement().strength().isRequired() && speaksOf(rule, regions)) {
        found.add(rule.statement());
      }
    }
    return List.copyOf(found);
  }

  private static boolean speaksOf(Rule rule, Set<Region> regions) {
    return rule instanceof Rule.Apart apart
        ? regions.contains(apart.region()) && apart.others().stream().anyMatch(regions::contains)
        : regions.containsAll(rule.regions());
  }
}
