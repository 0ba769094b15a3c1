package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Bundles statements that play the same part when blocks are counted. */
final class CountedAlike {
  /*
   * When 20 blocks are needed and 12 fit, every choice of 13 blocks is a conflict, and so is every
   * choice of fixed ranges that leaves too few slots: billions of sets that say one thing. So blocks
   * of one shape become one unit, and so do fixed ranges that take the same number of slots. Which
   * statements are bundled is a matter of presentation: what is said about units is checked, with
   * whatever units there are.
   */
  private final Problem problem;
  private final Step.Overfull step;
  private long from;
  private long to;

  private CountedAlike(Problem problem, Step.Overfull step) {
    this.problem = problem;
    this.step = step;
    List<GfnRange> free = step.free().ranges();
    from = Gfn.roundDown(free.get(0).start(), step.block());
    to = Gfn.roundUp(free.get(free.size() - 1).end(), step.block());
    while (widen()) {
      // Beside a taken slot there may be another one.
    }
  }

  /** Widens the slots by those beside them that fixed ranges take; whether there were any. */
  private boolean widen() {
    long oldFrom = from;
    long oldTo = to;
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Pinned pinned && pinned.region().length().isFixed()) {
        long start = Gfn.roundDown(pinned.start(), step.block());
        long end = Gfn.roundUp(pinned.start() + pinned.region().length().min(), step.block());
        if (start <= to && end >= from) {
          from = Math.min(from, start);
          to = Math.max(to, end);
        }
      }
    }
    return from < oldFrom || to > oldTo;
  }

  /**
   * The units with those put together that count alike in the conflict, in order of their first.
   */
  static List<List<Statement>> bundled(
      Problem problem, Conflict conflict, List<List<Statement>> units) {
    Step last = conflict.steps().get(conflict.steps().size() - 1);
    if (!(last instanceof Step.Overfull step) || step.needed() < 2 || step.free().isEmpty()) {
      return units;
    }
    return new CountedAlike(problem, step).bundled(units);
  }

  private List<List<Statement>> bundled(List<List<Statement>> units) {
    Map<Statement, List<Region>> regions = new LinkedHashMap<>();
    for (Region region : problem.regions()) {
      regions.computeIfAbsent(region.statement(), s -> new ArrayList<>()).add(region);
    }
    Map<String, List<Statement>> byPart = new LinkedHashMap<>();
    int single = 0;
    for (List<Statement> unit : units) {
      Statement first = unit.get(0);
      String part = part(regions.getOrDefault(first, List.of()));
      // A statement without a part in the count stays by itself.
      byPart
          .computeIfAbsent(part == null ? "single " + single++ : part, p -> new ArrayList<>())
          .addAll(unit);
    }
    return byPart.values().stream().map(List::copyOf).toList();
  }

  /** The part that the regions of a statement play, or null when they play none. */
  private @Nullable String part(List<Region> regions) {
    StringBuilder parts = new StringBuilder();
    for (Region region : regions) {
      String part = part(region);
      if (part == null) {
        return null;
      }
      parts.append(part).append(';');
    }
    return regions.isEmpty() ? null : parts.toString();
  }

  private @Nullable String part(Region region) {
    if (!region.length().isFixed()) {
      return null;
    }
    StringBuilder rules = new StringBuilder();
    for (Rule rule : problem.rules()) {
      if (rule instanceof Rule.Apart || !rule.regions().contains(region)) {
        continue;
      }
      if (!rule.statement().equals(region.statement())) {
        return null;
      }
      if (rule instanceof Rule.Pinned pinned) {
        return taking(pinned.start(), region.length().min());
      }
      if (!(rule instanceof Rule.Within within)) {
        return null;
      }
      rules.append(within.allowed());
    }
    return region.length().min() >= step.block() && region.alignment().frames() % step.block() == 0
        ? "needs %x/%x in %s".formatted(region.length().min(), region.alignment().frames(), rules)
        : null;
  }

  /** How many slots a fixed range takes, or null when it is beside them. */
  private @Nullable String taking(long start, long length) {
    long first = start / step.block();
    long end = Gfn.roundUp(start + length, step.block()) / step.block();
    return first * step.block() >= from && end * step.block() <= to
        ? "takes %x".formatted(end - first)
        : null;
  }
}
