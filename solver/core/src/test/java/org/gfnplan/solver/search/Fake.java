package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;

/** A backend that says what it is told to, and remembers what it was asked with. */
public final class Fake implements Backend {
  private final String name;
  private final Function<Problem, Outcome> says;

  /** The budgets it was asked with, in order. */
  public final List<Budget> asked = new ArrayList<>();

  /** A backend of this name. */
  public Fake(String name, Function<Problem, Outcome> says) {
    this.name = name;
    this.says = says;
  }

  /** It always gives up. */
  public static Fake givesUp(String name) {
    return new Fake(name, problem -> new Outcome.GaveUp("too hard"));
  }

  /** It never finds a layout, and shows nothing for it. */
  public static Fake refutes(String name, Step... certificate) {
    return new Fake(name, problem -> new Outcome.Refuted(List.of(certificate)));
  }

  /** It starts the first region at {@code start}, all others at 0, as short as they can be. */
  public static Fake finds(String name, long start, boolean proven) {
    return new Fake(name, problem -> found(problem, start, proven));
  }

  /** The layout of {@link #finds}. */
  public static Outcome.Found found(Problem problem, long start, boolean proven) {
    List<Placement> places = new ArrayList<>();
    for (var region : problem.regions()) {
      places.add(new Placement(region, places.isEmpty() ? start : 0, region.length().min()));
    }
    Layout layout = new Layout(places, List.of());
    return new Outcome.Found(layout, Costs.of(problem, layout), proven);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Outcome solve(Problem problem, Goal goal, Budget budget) {
    asked.add(budget);
    return says.apply(problem);
  }
}
