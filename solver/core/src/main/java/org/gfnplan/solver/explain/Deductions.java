package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.bounds.ClosedForms;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Short arguments for why a problem has no layout, each step resting on just what it needs. */
final class Deductions {
  private Deductions() {}

  /**
   * A set of required statements that has a short argument against it and none to spare, or all
   * required statements when no argument was found. It depends on the problem alone.
   */
  static List<Statement> seed(Problem problem) {
    List<Statement> required =
        problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
    if (!isRefuted(problem)) {
      return required;
    }
    List<Statement> few = fewest(problem, required, Deductions::isRefuted);
    // Counting blocks is not monotone, so that QuickXplain may lose the argument on its way.
    return isRefuted(problem.keeping(few)) ? few : required;
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
      if (taken != null && isAbout(last, region)) {
        premises.put(region, taken);
      }
    }
    return premises;
  }

  private static boolean isAbout(Step last, Region region) {
    if (last instanceof Step.Clash clash) {
      return region.equals(clash.one()) || region.equals(clash.other());
    }
    if (last instanceof Step.NoGap gap) {
      return !region.equals(gap.region());
    }
    return last instanceof Step.Overfull;
  }

  /** The step that shows what a region takes, or null when one statement says so, or only all. */
  private static @Nullable Step forced(Problem core, Region region, GfnRange range) {
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
