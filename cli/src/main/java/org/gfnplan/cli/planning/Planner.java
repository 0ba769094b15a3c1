package org.gfnplan.cli.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.ideal.Ideal;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.explain.Limits;
import org.gfnplan.solver.explain.Solution;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Position;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.jspecify.annotations.Nullable;

/** Plans one guest on one host. Equal input, equal plan; safe for use by many threads. */
public final class Planner {
  /** Statements that keep room for devices that may come later. */
  private static final Set<String> LATER = Set.of("D8", "P10");

  private final Solver solver;
  private final Budget budget;
  private final Releases releases;

  /** A planner that asks this solver, for the releases that are meant when nobody says. */
  public Planner(Solver solver, Budget budget) {
    this(solver, budget, Releases.UNSTATED);
  }

  /** A planner that asks this solver, for these releases. */
  public Planner(Solver solver, Budget budget, Releases releases) {
    this.solver = solver;
    this.budget = budget;
    this.releases = releases;
  }

  /** The platform of that name, of the planner's releases. */
  public Platform platform(Stated<PlatformName> name) {
    return Platforms.of(name, releases);
  }

  /** Where a changed guest is planned: as before, unless the change is to another platform. */
  Platform platform(Guest changed, Guest before, Platform planned) {
    return changed.platform().value() == before.platform().value()
        ? planned
        : platform(changed.platform());
  }

  /**
   * The plan of a scene.
   *
   * @throws UnusableInput when the platform cannot take the scene
   * @throws ReplayDisagrees when the plan's settings do not lead to its layout
   */
  public Plan plan(Scene scene, Platform platform) throws UnusableInput {
    return plan(scene, platform, guest -> true);
  }

  /**
   * The plan of a scene; when it ends in a conflict and limits are given, with all conflicts and
   * corrections within them. What programs do and no input says is given: nobody can leave it out.
   *
   * @throws UnusableInput when the platform cannot take the scene
   */
  public Explained explain(Scene scene, Platform platform, @Nullable Limits limits)
      throws UnusableInput {
    Plan plan = plan(scene, platform);
    if (limits == null || !(plan.answer() instanceof Conflict)) {
      return new Explained(plan, null, Map.of());
    }
    Model model = platform.model(scene);
    Map<Statement, Integer> costs = new HashMap<>();
    Set<Statement> given = new HashSet<>();
    for (Statement statement : model.problem().statements()) {
      model.changesOf(statement).stream()
          .mapToInt(Change::cost)
          .min()
          .ifPresent(cost -> costs.put(statement, cost));
      if (statement.strength().isRequired()
          && statement.origin().position() instanceof Position.Whole
          && !costs.containsKey(statement)) {
        given.add(statement);
      }
    }
    Enumeration all = solver.enumerate(model.problem(), given, budget, limits);
    return new Explained(plan, all, costs);
  }

  /** As {@link #plan(Scene, Platform)}, with repairs only to guests that are {@code allowed}. */
  Plan plan(Scene scene, Platform platform, Predicate<Guest> allowed) throws UnusableInput {
    List<InputProblem> problems = platform.unusable(scene);
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    Attempt attempt = attempt(scene, platform);
    List<Repair> repairs =
        attempt.solution().answer() instanceof Conflict conflict
            ? new RepairSearch(this, scene, platform, allowed).repairs(attempt.model(), conflict)
            : List.of();
    return new Plan(
        platform.name(),
        attempt.solution().engine(),
        scene,
        platform.present(scene.guest()),
        attempt.model().problem(),
        attempt.solution().answer(),
        attempt.solution().proven(),
        attempt.realised(),
        platform.today(scene),
        repairs,
        attempt.solution().answer() instanceof Conflict ? ideally(scene, platform) : null,
        findings(scene, platform, attempt));
  }

  /** How the scene ends where no tool sets limits; null when there is no tool. */
  private @Nullable Verdict ideally(Scene scene, Platform platform) {
    Platform ideal = new Ideal();
    if (platform.name().equals(ideal.name()) || !ideal.unusable(scene).isEmpty()) {
      return null;
    }
    return Verdict.of(attempt(scene, ideal).solution().answer());
  }

  /** The checked answer to a problem. */
  Solution solve(Problem problem) {
    return solver.answer(problem, budget);
  }

  /** A scene, solved and replayed, without repairs. */
  Attempt attempt(Scene scene, Platform platform) {
    Model model = platform.model(scene);
    Solution solution = solve(model.problem());
    Realised realised = null;
    if (solution.answer() instanceof Layout layout) {
      realised = platform.realise(scene, layout);
      if (!realised.mismatches().isEmpty()) {
        throw new ReplayDisagrees(realised.mismatches());
      }
    }
    return new Attempt(model, solution, realised);
  }

  private static List<Finding> findings(Scene scene, Platform platform, Attempt attempt) {
    List<Finding> found = new ArrayList<>(platform.findings(scene));
    Realised realised = attempt.realised();
    if (realised != null) {
      found.addAll(realised.findings());
    }
    if (attempt.solution().answer() instanceof Layout layout) {
      for (Statement statement : layout.givenUp()) {
        boolean later = LATER.contains(statement.id());
        found.add(
            new Finding(
                Severity.WARNING,
                later ? "later-device-without-room" : "relaxed-given-up",
                (later ? "cannot be kept: " : "given up, because it is relaxed: ")
                    + statement.text(),
                statement.origin()));
      }
      if (!attempt.solution().proven()) {
        found.add(
            new Finding(
                Severity.NOTE,
                "not-proven-closest",
                "the budget ran out before this layout was proven to be the closest to the default",
                scene.guest().document()));
      }
    }
    found.sort(null);
    return found;
  }

  /**
   * A scene and what came of it.
   *
   * @param model what was asked
   * @param solution the checked answer
   * @param realised how a layout is reached; null without one
   */
  record Attempt(Model model, Solution solution, @Nullable Realised realised) {}
}
