package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Costs;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;

/** Something that holds for every backend and every problem, whatever the budget. */
@FunctionalInterface
public interface Law {
  /** What the backend did that breaks this law, one line each; giving up breaks none. */
  List<String> complaints(Backend backend, Problem problem, Budget budget);

  /** Outcomes are well formed: a valid layout, its own costs, and {@code ANY} met by any layout. */
  Law SOUND =
      (backend, problem, budget) -> {
        List<String> complaints = new ArrayList<>();
        for (Goal goal : Goal.values()) {
          complaints.addAll(unsound(problem, goal, backend.solve(problem, goal, budget)));
        }
        return complaints;
      };

  /** What is proven is what {@link ExhaustiveSearch} finds; the problem must be tiny. */
  Law AGREES_WITH_THE_ORACLE =
      (backend, problem, budget) -> {
        Optional<Layout> truth = ExhaustiveSearch.canonical(problem);
        List<String> complaints = new ArrayList<>();
        for (Goal goal : Goal.values()) {
          Outcome outcome = backend.solve(problem, goal, budget);
          complaints.addAll(unsound(problem, goal, outcome));
          complaints.addAll(untrue(problem, goal, outcome, truth));
        }
        return complaints;
      };

  /** {@code ANY} says the same with and without the rules of preferred statements. */
  Law ANY_IGNORES_PREFERRED_STATEMENTS =
      (backend, problem, budget) -> {
        Outcome all = backend.solve(problem, Goal.ANY, budget);
        Outcome required = backend.solve(Variants.requiredOnly(problem), Goal.ANY, budget);
        return contradict(all, required)
            ? List.of(
                "with preferred statements "
                    + ProblemText.of(all)
                    + ", without "
                    + ProblemText.of(required))
            : List.of();
      };

  /** Runs 2 and 3 give what run 1 gave, to the last byte. */
  Law REPEATS_ITSELF =
      (backend, problem, budget) -> {
        List<String> complaints = new ArrayList<>();
        for (Goal goal : Goal.values()) {
          Outcome first = backend.solve(problem, goal, budget);
          for (int run = 2; run <= 3; run++) {
            Outcome again = backend.solve(problem, goal, budget);
            if (!again.equals(first)) {
              complaints.add(
                  "%s: run 1 %s, run %d %s"
                      .formatted(goal, ProblemText.of(first), run, ProblemText.of(again)));
            }
          }
        }
        return complaints;
      };

  /** The order of the rules does not matter. */
  Law SHUFFLING_CHANGES_NOTHING =
      (backend, problem, budget) -> {
        List<String> complaints = new ArrayList<>();
        Problem shuffled = Variants.shuffled(problem, problem.rules().size());
        for (Goal goal : Goal.values()) {
          Outcome one = backend.solve(problem, goal, budget);
          Outcome other = backend.solve(shuffled, goal, budget);
          if (contradict(one, other) || (goal != Goal.ANY && differ(goal, one, other))) {
            complaints.add(
                "%s: as it was %s, shuffled %s"
                    .formatted(goal, ProblemText.of(one), ProblemText.of(other)));
          }
        }
        return complaints;
      };

  /** Leaving a statement out of a problem that has a layout leaves a problem that has one. */
  Law DROPPING_A_STATEMENT_KEEPS_A_LAYOUT =
      (backend, problem, budget) -> {
        List<String> complaints = new ArrayList<>();
        if (backend.solve(problem, Goal.ANY, budget) instanceof Outcome.Found) {
          for (Statement statement : problem.statements()) {
            Set<Statement> kept = new HashSet<>(problem.statements());
            kept.remove(statement);
            if (backend.solve(problem.keeping(kept), Goal.ANY, budget) instanceof Outcome.Refuted) {
              complaints.add("refuted without `%s`".formatted(statement.id()));
            }
          }
        }
        return complaints;
      };

  /**
   * Moving every address by a multiple of every step, beyond 32 bits too, moves the layout as much.
   * Only problems whose regions are all confined and never empty are looked at: others may use the
   * new room below.
   */
  Law SHIFTING_THE_PROBLEM_SHIFTS_THE_LAYOUT =
      (backend, problem, budget) -> {
        List<String> complaints = new ArrayList<>();
        if (!isConfined(problem)) {
          return complaints;
        }
        long step = Variants.commonStep(problem);
        long far = (1L << 33) / step * step;
        for (long by : new long[] {step, far}) {
          Problem shifted = Variants.shifted(problem, by);
          Outcome here = backend.solve(problem, Goal.CANONICAL, budget);
          Outcome there = backend.solve(shifted, Goal.CANONICAL, budget);
          if (contradict(here, there) || differBy(by, here, there)) {
            complaints.add(
                "here %s, moved by 0x%x %s"
                    .formatted(ProblemText.of(here), by, ProblemText.of(there)));
          }
        }
        return complaints;
      };

  /** What is wrong with an outcome by itself. */
  static List<String> unsound(Problem problem, Goal goal, Outcome outcome) {
    List<String> complaints = new ArrayList<>();
    if (outcome instanceof Outcome.Found found) {
      for (String complaint : LayoutChecker.complaints(problem, found.layout())) {
        complaints.add(goal + ": " + complaint);
      }
      if (complaints.isEmpty() && !found.costs().equals(Costs.of(problem, found.layout()))) {
        complaints.add(
            "%s: costs are %s, not %s"
                .formatted(goal, Costs.of(problem, found.layout()), found.costs()));
      }
      if (goal == Goal.ANY && !found.proven()) {
        complaints.add("ANY: a layout meets the goal, but it is not marked as proven");
      }
    }
    return complaints;
  }

  /** What is wrong with an outcome, given the canonical layout or its absence. */
  static List<String> untrue(Problem problem, Goal goal, Outcome outcome, Optional<Layout> truth) {
    List<String> complaints = new ArrayList<>();
    if (outcome instanceof Outcome.Refuted && truth.isPresent()) {
      complaints.add("%s: refuted, but there is %s".formatted(goal, ProblemText.of(truth.get())));
    }
    if (outcome instanceof Outcome.Found found) {
      if (truth.isEmpty()) {
        complaints.add(
            "%s: there is no layout, but found %s".formatted(goal, ProblemText.of(found)));
      } else if (found.proven() && goal != Goal.ANY) {
        List<Long> best = Costs.of(problem, truth.get());
        if (!found.costs().equals(best)) {
          complaints.add(
              "%s: best costs are %s: %s, not %s"
                  .formatted(goal, best, ProblemText.of(truth.get()), ProblemText.of(found)));
        } else if (goal == Goal.CANONICAL && !found.layout().equals(truth.get())) {
          complaints.add(
              "CANONICAL: the layout is %s, not %s"
                  .formatted(ProblemText.of(truth.get()), ProblemText.of(found)));
        }
      }
    }
    return complaints;
  }

  private static boolean contradict(Outcome one, Outcome other) {
    return (one instanceof Outcome.Found && other instanceof Outcome.Refuted)
        || (one instanceof Outcome.Refuted && other instanceof Outcome.Found);
  }

  /** Whether two proven layouts differ in what the goal fixes. */
  private static boolean differ(Goal goal, Outcome one, Outcome other) {
    return one instanceof Outcome.Found a
        && other instanceof Outcome.Found b
        && a.proven()
        && b.proven()
        && (!a.costs().equals(b.costs())
            || (goal == Goal.CANONICAL
                && !a.layout().placements().equals(b.layout().placements())));
  }

  private static boolean differBy(long by, Outcome here, Outcome there) {
    if (!(here instanceof Outcome.Found a && there instanceof Outcome.Found b)
        || !a.proven()
        || !b.proven()) {
      return false;
    }
    boolean moved = a.costs().equals(b.costs());
    for (int i = 0; i < a.layout().placements().size(); i++) {
      var one = a.layout().placements().get(i);
      var other = b.layout().placements().get(i);
      moved &= one.start() + by == other.start() && one.length() == other.length();
    }
    return !moved;
  }

  private static boolean isConfined(Problem problem) {
    return problem.regions().stream()
        .allMatch(
            region ->
                region.length().min() > 0
                    && problem.rules().stream()
                        .anyMatch(
                            rule ->
                                rule instanceof Rule.Within within
                                    && within.region().equals(region)
                                    && within.statement().strength().isRequired()));
  }
}
