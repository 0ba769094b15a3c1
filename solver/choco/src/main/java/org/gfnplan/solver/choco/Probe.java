package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.Settings;
import org.chocosolver.solver.Solver;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.search.limits.FailCounter;
import org.chocosolver.solver.search.strategy.Search;
import org.chocosolver.solver.search.strategy.strategy.AbstractStrategy;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;

/** Answers questions about a problem, each with a model of its own. */
final class Probe {
  /** What is decided first. */
  private enum Guide {
    /** Costs, then the lowest start next. */
    PLAIN,
    /** Costs, then the gap of each region, with restarts. */
    GAPS,
    /** Starts and lengths in the order of the regions. */
    IN_ORDER
  }

  /** How a question ended. */
  enum Status {
    FOUND,
    NONE,
    STOPPED
  }

  /**
   * An answer.
   *
   * @param status how it ended
   * @param placements where the regions lie when something was found, else empty
   */
  record Result(Status status, List<Placement> placements) {
    private static final Result NONE = new Result(Status.NONE, List.of());
    private static final Result STOPPED = new Result(Status.STOPPED, List.of());
  }

  /**
   * What a question looks at, which a bound on the costs makes less.
   *
   * @param scope the problem
   * @param axis how it is counted
   * @param needed one past the highest frame that has to be looked at
   * @param horizon one past the highest frame that is looked at
   */
  private record View(Scope scope, Axis axis, long needed, long horizon) {
    static View of(Scope scope) {
      Axis axis = Axis.of(scope);
      long needed = Horizon.of(scope);
      long most = DoesNotFit.LIMIT - 1;
      return new View(scope, axis, needed, axis.up(needed) <= most ? needed : axis.frame(most));
    }

    boolean isComplete() {
      return horizon == needed;
    }
  }

  private final Problem problem;
  private final boolean costs;
  private long[] viewed;
  private View view;

  Probe(Problem problem, boolean costs, Limits limits) throws Impossible {
    this.problem = problem;
    this.costs = costs;
    this.viewed = limits.costs.clone();
    this.view = View.of(new Scope(problem, costs, viewed));
  }

  private View view(Limits limits) throws Impossible {
    if (!Arrays.equals(viewed, limits.costs)) {
      view = View.of(new Scope(problem, costs, limits.costs));
      viewed = limits.costs.clone();
    }
    return view;
  }

  /** Whether a "no" within these limits is true; what is found always is. */
  boolean isComplete(Limits limits) {
    try {
      return view(limits).isComplete();
    } catch (Impossible refuted) {
      return true;
    }
  }

  /** The exception for a problem that is not {@link #isComplete}. */
  DoesNotFit tooFar() {
    return DoesNotFit.because("a layout may reach 0x%x, which".formatted(view.needed()));
  }

  /** Any layout within the limits: a short plain search, then one that decides gaps first. */
  Result any(Limits limits, Meter meter) {
    Result plain = run(limits, meter.slice(meter.left() / 64), Guide.PLAIN);
    return plain.status() == Status.STOPPED && !meter.isSpent()
        ? run(limits, meter, Guide.GAPS)
        : plain;
  }

  /** The lexicographically least layout within the limits. */
  Result least(Limits limits, Meter meter) {
    return run(limits, meter, Guide.IN_ORDER);
  }

  private Result run(Limits limits, Meter meter, Guide guide) {
    try {
      Built built = new Built(view(limits), limits, meter);
      built.guide(guide);
      if (built.solver.solve()) {
        return new Result(Status.FOUND, built.spans.placements());
      }
      // A search that was stopped says false, too.
      return built.solver.isStopCriterionMet() ? Result.STOPPED : Result.NONE;
    } catch (Impossible refuted) {
      return Result.NONE;
    } catch (Meter.Spent stopped) {
      return Result.STOPPED;
    }
  }

  /** The lowest start or length, in frames, that propagation leaves; -1 when it leaves nothing. */
  long lowest(Limits limits, int coordinate, Meter meter) {
    try {
      Built built = new Built(view(limits), limits, meter);
      built.solver.propagate();
      Region region = problem.regions().get(coordinate / 2);
      Room room = built.scope.rooms.of(region);
      if (room.isConstant()) {
        return coordinate % 2 == 0 ? room.first() : room.min();
      }
      Span span = built.spans.of(region);
      return coordinate % 2 == 0
          ? built.axis.frame(span.start().getLB())
          : built.axis.unit() * span.length().getLB();
    } catch (Impossible | ContradictionException refuted) {
      return -1;
    }
  }

  /** A model with its constraints, not searched yet. */
  private static final class Built {
    private final Scope scope;
    private final Axis axis;
    private final Solver solver;
    private final Spans spans;
    private final Switches switches;

    Built(View view, Limits limits, Meter meter) throws Impossible {
      scope = view.scope();
      axis = view.axis();
      // To build a model takes time, too.
      int regions = scope.rooms.all().size();
      meter.tickOrStop(regions * regions);
      // Of the checks that prod() leaves out one walks through every coordinate of a solution.
      Model model = new Model("gfnplan", Settings.prod());
      solver = model.getSolver();
      solver.setEngine(new CountedPropagation(model, meter));
      solver.addStopCriterion(() -> !meter.tick());
      switches = new Switches(model);
      spans = new Spans(scope, axis, view.horizon(), limits, model, meter);
      new Rulebook(scope, axis, spans, switches, meter).post();
      new Crowd(scope, spans, meter).post(new Packing(model, spans));
      new Objectives(scope, axis, spans, switches, meter).post(limits.costs);
    }

    void guide(Guide guide) {
      List<IntVar> gaps = new ArrayList<>();
      List<IntVar> stretchable = new ArrayList<>();
      List<Span> fixedLengths = new ArrayList<>();
      List<IntVar> inOrder = new ArrayList<>();
      for (Room room : scope.rooms.all()) {
        if (room.isConstant()) {
          continue;
        }
        Span span = spans.of(room.region());
        IntVar gap = span.gap();
        if (gap != null) {
          gaps.add(gap);
          // Gaps are in the order of addresses: the lowest start is in the lowest gap.
          inOrder.add(gap);
        }
        inOrder.add(span.start());
        if (span.length().isInstantiated()) {
          fixedLengths.add(span);
        } else {
          stretchable.add(span.start());
          stretchable.add(span.length());
          inOrder.add(span.length());
        }
      }
      // Of those that could start at one address, what is aligned most wastes least.
      fixedLengths.sort(
          Comparator.comparingLong(Span::step)
              .thenComparing(span -> span.length().getValue())
              .reversed());
      List<IntVar> starts = fixedLengths.stream().map(Span::start).toList();
      List<IntVar> costs = new ArrayList<>(switches.all());
      List<AbstractStrategy<IntVar>> parts = new ArrayList<>();
      if (guide == Guide.IN_ORDER) {
        add(parts, inOrder, true);
        add(parts, costs, true);
      } else {
        add(parts, costs, true);
        if (guide == Guide.GAPS && !gaps.isEmpty()) {
          parts.add(Search.domOverWDegSearch(gaps.toArray(new IntVar[0])));
          solver.setLubyRestart(100, new FailCounter(solver.getModel(), 100), Integer.MAX_VALUE);
        }
        add(parts, stretchable, true);
        add(parts, starts, false);
        add(parts, gaps, true);
      }
      if (!parts.isEmpty()) {
        // Choco's strategies over an empty array of variables throw when they are asked.
        solver.setSearch(parts.toArray(new AbstractStrategy<?>[0]));
      }
    }

    private void add(
        List<AbstractStrategy<IntVar>> parts, List<IntVar> variables, boolean inOrder) {
      if (!variables.isEmpty()) {
        parts.add(new LowestFirst(variables, inOrder));
      }
    }
  }
}
