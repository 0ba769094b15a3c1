package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Correction;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Knot;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Reason;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Restrictions;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/** Finds all minimal conflicts of a problem and all minimal corrections. */
final class Enumerator {
  /*
   * Minimal corrections are the minimal sets that hit every minimal conflict (Reiter 1987). So the
   * conflicts known so far say what may be a correction; each such set is tried. When the rest has
   * a layout the set is a correction; else there is a conflict in the rest that is not known yet.
   * When all have been tried, both lists are complete (Bailey and Stuckey, PADL 2005; MARCO asks
   * its questions in another order and needs a SAT solver to find the next).
   *
   * Conflicts that share nothing are hit independently. Only the sets of each knot are kept, never
   * their product; but the product is tried, since a conflict may hide behind two others.
   *
   * A unit is one statement, or statements that are counted alike. Everything is said of units;
   * inside of one, the statements that are needed are found in the order of the problem. Given
   * statements are in no unit: they always hold, and a conflict names those that it needs.
   */
  private static final int MOST_HITTING_SETS = 10_000;

  /** Known conflicts that are tried with one member exchanged, the latest first. */
  private static final int MOST_LOOKED_AT = 2;

  /** Members of a conflict that is tried with one of them exchanged. */
  private static final int MOST_EXCHANGED = 8;

  private final Problem problem;
  private final Set<Statement> given;
  private final Restrictions restrictions;
  private final Explanations explanations;
  private final Limits limits;
  private final boolean bundling;

  private List<List<Statement>> units;
  private List<Tangle> tangles = List.of();
  private Combinations combinations = new Combinations(tangles);
  private final Map<BitSet, Reason> reasons = new HashMap<>();
  private final List<Conflict> recent = new ArrayList<>();
  private final Map<BitSet, Layout> corrected = new LinkedHashMap<>();
  private final Set<BitSet> open = new HashSet<>();
  private @Nullable String stopped;
  private boolean lacksConflicts;
  private @Nullable Knot hopeless;

  Enumerator(
      Problem problem,
      Set<Statement> given,
      Explanations explanations,
      Limits limits,
      boolean bundling) {
    this.problem = problem;
    this.given = given;
    restrictions = new Restrictions(problem);
    this.explanations = explanations;
    this.limits = limits;
    this.bundling = bundling;
    units =
        problem.statements().stream()
            .filter(statement -> statement.strength().isRequired())
            .filter(statement -> !given.contains(statement))
            .map(List::of)
            .toList();
  }

  /** What conflicts and corrections are made of. */
  List<List<Statement>> units() {
    return units;
  }

  /** Looks for all of them. */
  Enumeration all() {
    while (!lacksConflicts && hopeless == null) {
      BitSet next = combinations.next();
      if (next == null) {
        break;
      }
      if (!corrected.containsKey(next) && !open.contains(next)) {
        explore(next);
      }
    }
    if (hopeless != null) {
      return new Enumeration(List.of(hopeless), true, true, null);
    }
    List<Knot> knots = new ArrayList<>();
    int room = limits.corrections();
    for (Tangle tangle : tangles) {
      List<Correction> corrections = corrections(tangle, room);
      room -= corrections.size();
      knots.add(new Knot(tangle.sets().stream().map(this::reason).toList(), corrections));
    }
    return new Enumeration(knots, !lacksConflicts && open.isEmpty(), stopped == null, stopped);
  }

  private Reason reason(BitSet set) {
    Reason reason = reasons.get(set);
    if (reason == null) {
      throw new IllegalStateException("a conflict must have been explained: units=" + set);
    }
    return reason;
  }

  /**
   * Looks whether the rest has a layout without these units, and for a conflict when it has none.
   */
  private void explore(BitSet left) {
    if (corrected.size() + open.size() >= limits.tries()) {
      stop("%d ways to correct everything were tried".formatted(limits.tries()));
      return;
    }
    try {
      Problem rest = restrictions.keeping(without(left));
      Layout layout = explanations.layout(rest);
      if (layout != null) {
        corrected.put(left, layout);
      } else if (reasons.size() == limits.conflicts()) {
        stop("%d conflicts were found, and there are more".formatted(limits.conflicts()));
      } else {
        learn(rest);
      }
    } catch (NotDecided undecided) {
      open.add(left);
      stopped = stopped == null ? undecided.reason() : stopped;
      lacksConflicts |= explanations.isOver();
    }
  }

  private void stop(String why) {
    stopped = why;
    lacksConflicts = true;
  }

  private void learn(Problem rest) throws NotDecided {
    Conflict conflict = explanations.conflict(likeAKnownOne(rest));
    List<List<Statement>> bundled =
        bundling ? CountedAlike.bundled(problem, conflict, units) : units;
    if (bundled.size() < units.size()) {
      units = bundled;
      tangles = List.of();
      combinations = new Combinations(tangles);
      reasons.clear();
      recent.clear();
      corrected.clear();
      open.clear();
      return;
    }
    conflict = withoutSpareUnits(conflict);
    BitSet touched = touched(conflict);
    Set<Statement> members = new HashSet<>(conflict.statements());
    Reason reason = new Reason(conflict, of(touched, members));
    if (touched.isEmpty()) {
      // Nothing can be left out against it, so nothing else is worth knowing.
      hopeless = new Knot(List.of(reason), List.of());
      return;
    }
    List<Tangle> more = Tangle.with(tangles, touched, MOST_HITTING_SETS);
    if (more == null) {
      stop("the conflicts have more than %d corrections".formatted(MOST_HITTING_SETS));
      return;
    }
    recent.add(conflict);
    reasons.put(touched, reason);
    tangles = more;
    combinations = new Combinations(tangles);
  }

  /**
   * A part of a problem without a layout that has none either. Many conflicts differ in one member
   * only, such as which of several ranges takes the only gap; those are found by exchanging it,
   * which costs less than looking at everything.
   */
  private Problem likeAKnownOne(Problem rest) {
    Set<Statement> there = new LinkedHashSet<>(rest.statements());
    int looked = 0;
    for (int k = recent.size() - 1; k >= 0 && looked < MOST_LOOKED_AT; k--) {
      List<Statement> members = recent.get(k).statements();
      List<Statement> left = members.stream().filter(there::contains).toList();
      if (left.size() != members.size() - 1 || members.size() > MOST_EXCHANGED) {
        continue;
      }
      looked++;
      for (Statement other : there) {
        Set<Statement> exchanged = new LinkedHashSet<>(left);
        if (exchanged.add(other)) {
          Problem part = restrictions.keeping(exchanged);
          if (Deductions.isRefuted(part)) {
            return part;
          }
        }
      }
    }
    return rest;
  }

  /** A conflict that touches no unit without which the others it touches still have one. */
  private Conflict withoutSpareUnits(Conflict found) throws NotDecided {
    Conflict conflict = found;
    BitSet touched = touched(conflict);
    if (given.isEmpty() && touched.cardinality() == of(touched, Set.of()).size()) {
      return conflict;
    }
    for (int u = touched.nextSetBit(0); u >= 0; u = touched.nextSetBit(u + 1)) {
      BitSet fewer = touched(conflict);
      fewer.clear(u);
      Problem part = restrictions.keeping(with(fewer));
      if (fewer.cardinality() < touched(conflict).cardinality()
          && explanations.layout(part) == null) {
        conflict = explanations.conflict(part);
      }
    }
    return conflict;
  }

  private BitSet touched(Conflict conflict) {
    Set<Statement> members = new HashSet<>(conflict.statements());
    BitSet touched = new BitSet();
    for (int u = 0; u < units.size(); u++) {
      touched.set(u, units.get(u).stream().anyMatch(members::contains));
    }
    return touched;
  }

  /** The statements of these units but {@code except}, in the order of the problem. */
  private List<Statement> of(BitSet set, Collection<Statement> except) {
    Set<Statement> wanted = new HashSet<>();
    set.stream().forEach(u -> wanted.addAll(units.get(u)));
    wanted.removeAll(new HashSet<>(except));
    return problem.statements().stream().filter(wanted::contains).toList();
  }

  /** What is given, and these units. */
  private Set<Statement> with(BitSet set) {
    Set<Statement> kept = new LinkedHashSet<>(given);
    kept.addAll(of(set, Set.of()));
    return kept;
  }

  private Set<Statement> without(BitSet left) {
    Set<Statement> kept = new LinkedHashSet<>(given);
    for (int u = 0; u < units.size(); u++) {
      if (!left.get(u)) {
        kept.addAll(units.get(u));
      }
    }
    return kept;
  }

  private List<Correction> corrections(Tangle tangle, int most) {
    List<Correction> found = new ArrayList<>();
    for (BitSet hitting : tangle.hitting()) {
      BitSet way = wayThrough(tangle, hitting);
      if (way == null) {
        stopped = stopped == null ? "not every correction could be tried" : stopped;
      } else if (found.size() == most) {
        stopped = stopped == null ? "not every correction is listed" : stopped;
      } else {
        Correction correction = correction(hitting, way);
        if (correction != null) {
          found.add(correction);
        }
      }
    }
    return found;
  }

  /** The first combination that was tried, has a layout, and has this hitting set in it. */
  private @Nullable BitSet wayThrough(Tangle tangle, BitSet hitting) {
    for (BitSet way : corrected.keySet()) {
      BitSet here = tangle.within(way);
      if (here.equals(hitting)) {
        return way;
      }
    }
    return null;
  }

  /** A correction with as many statements of its units kept as can be; null when it is open. */
  private @Nullable Correction correction(BitSet hitting, BitSet way) {
    Layout layout = corrected.get(way);
    List<Statement> left = of(way, Set.of());
    Set<Statement> kept = without(way);
    Set<Statement> gone = new LinkedHashSet<>(left);
    for (Statement statement : left.size() > way.cardinality() ? left : List.<Statement>of()) {
      kept.add(statement);
      try {
        Layout better = explanations.layout(restrictions.keeping(kept));
        layout = better == null ? layout : better;
        if (better == null) {
          kept.remove(statement);
        } else {
          gone.remove(statement);
        }
      } catch (NotDecided undecided) {
        stopped = stopped == null ? undecided.reason() : stopped;
        return null;
      }
    }
    Set<Statement> here = new HashSet<>(of(hitting, Set.of()));
    return layout == null
        ? null
        : new Correction(
            gone.stream().filter(here::contains).toList(),
            of(hitting, gone),
            gone.stream().filter(statement -> !here.contains(statement)).toList(),
            layout);
  }
}
