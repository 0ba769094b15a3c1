package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.bounds.ClosedForms;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Short arguments for why a problem has no layout, each step resting on just what it needs. */
final class Deductions {
  /** How far ties are followed before all is looked at. */
  private static final int REACH = 3;

  private Deductions() {}

  /**
   * A set of required statements that has a short argument against it and none to spare, or all
   * required statements when no argument was found. It depends on the problem alone.
   */
  static List<Statement> seed(Problem problem) {
    List<Statement> required =
        problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
    Step contradiction = ClosedForms.of(problem).contradiction();
    if (contradiction == null) {
      return required;
    }
    List<Statement> few =
        fewest(problem, around(problem, contradiction, required), Deductions::isRefuted);
    // Counting blocks is not monotone, so that QuickXplain may lose the argument on its way.
    return isRefuted(problem.keeping(few)) ? few : required;
  }

  /**
   * What is said about the regions of a contradiction, and about those they are tied to, as far out
   * as it takes to be refuted. Restricting a problem costs more than refuting it, so QuickXplain
   * should start from little.
   */
  private static List<Statement> around(
      Problem problem, Step contradiction, List<Statement> required) {
    Set<Region> about = new HashSet<>(regionsOf(contradiction));
    for (int reach = 0; reach < REACH && !about.isEmpty(); reach++) {
      Set<Statement> said = new HashSet<>();
      about.forEach(region -> said.add(region.statement()));
      Set<Region> tied = new HashSet<>(about);
      for (Rule rule : problem.rules()) {
        if (!rule.statement().strength().isRequired()) {
          continue;
        }
        if (rule instanceof Rule.Apart apart) {
          if (about.contains(apart.region()) && apart.others().stream().anyMatch(about::contains)) {
            said.add(rule.statement());
          }
        } else if (rule.regions().stream().anyMatch(about::contains)) {
          said.add(rule.statement());
          tied.addAll(rule.regions());
        }
      }
      List<Statement> part = required.stream().filter(said::contains).toList();
      if (isRefuted(problem.keeping(part))) {
        return part;
      }
      about = tied;
    }
    return required;
  }

  private static List<Region> regionsOf(Step step) {
    if (step instanceof Step.Clash clash) {
      return List.of(clash.one(), clash.other());
    }
    if (step instanceof Step.NoGap gap) {
      return List.of(gap.region());
    }
    if (step instanceof Step.NoAddress address) {
      return List.of(address.edge().region());
    }
    return step instanceof Step.Total total ? total.regions() : List.of();
  }

  /** Whether there is a short argument against the problem. */
  static boolean isRefuted(Problem problem) {
    return ClosedForms.of(problem).contradiction() != null;
  }

  /**
   * The steps to the contradiction, which comes last; none when there is no short argument.
   *
   * @param core a problem that says nothing but what a minimal conflict says
   */
  static List<Step> steps(Problem core) {
    ClosedForms forms = ClosedForms.of(core);
    Step last = forms.contradiction();
    if (last == null) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    for (Map.Entry<Region, GfnRange> taken : premises(core, forms, last).entrySet()) {
      Step step = forced(core, taken.getKey(), taken.getValue());
      if (step != null) {
        steps.add(step);
      }
    }
    steps.add(last);
    return steps;
  }

  /** The forced frames that the contradiction is about, by region in the order of the problem. */
  private static Map<Region, GfnRange> premises(Problem core, ClosedForms forms, Step last) {
    Map<Region, GfnRange> premises = new LinkedHashMap<>();
    for (Region region : core.regions()) {
      GfnRange taken = forms.forced(region);
      if (taken != null && isAbout(last, region, taken, forms)) {
        premises.put(region, taken);
      }
    }
    return premises;
  }

  private static boolean isAbout(Step last, Region region, GfnRange taken, ClosedForms forms) {
    if (last instanceof Step.Clash clash) {
      return region.equals(clash.one()) || region.equals(clash.other());
    }
    if (last instanceof Step.NoGap gap) {
      GfnRange reach = forms.reach(gap.region());
      return !region.equals(gap.region())
          && reach != null
          && bounds(taken, reach, gap.region().alignment());
    }
    if (last instanceof Step.Overfull full && !full.free().isEmpty()) {
      List<GfnRange> free = full.free().ranges();
      GfnRange span = new GfnRange(free.get(0).start(), free.get(free.size() - 1).end());
      return taken.start() <= span.end();
    }
    return false;
  }

  /** Whether taken frames cut into a run, or are why it does not begin or end elsewhere. */
  private static boolean bounds(GfnRange taken, GfnRange run, Alignment alignment) {
    return alignment.up(taken.end()) >= run.start() && taken.start() <= alignment.up(run.end());
  }

  /** The step that shows what a region takes, or null when one statement says so, or only all. */
  private static @Nullable Step forced(Problem core, Region region, GfnRange range) {
    // Most of them are fixed by what brings them in; that is quick to see.
    Problem alone = core.keeping(List.of(region.statement()));
    if (ClosedForms.quick(alone).forces(region, range)) {
      return null;
    }
    List<Statement> members = core.statements();
    List<Statement> because =
        fewest(
            core,
            members,
            part ->
                part.regions().contains(region) && ClosedForms.quick(part).forces(region, range));
    return because.size() > 1 && because.size() < members.size()
        ? new Step.Forced(because, region, range)
        : null;
  }

  private static List<Statement> fewest(
      Problem problem, List<Statement> enough, Predicate<Problem> follows) {
    return new QuickXplain<RuntimeException>(problem, follows::test).minimal(enough);
  }
}
