package org.gfnplan.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Differential;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.gfnplan.solver.testing.Law;
import org.gfnplan.solver.testing.ProblemText;
import org.gfnplan.solver.testing.Shrinker;

/**
 * Do the engines ever disagree? Asks all of them about many random problems, tiny, packed and
 * nested ones beside the exhaustive oracle, and prints how many problems had which verdict, how
 * many each engine decided, and every disagreement with its seed and the smallest problem that
 * shows it. Ends with 1 when there was one.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.DifferentialCampaign \
 *     --kinds medium --from 0 --to 10000</pre>
 */
public final class DifferentialCampaign {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "engines", "exact,cp-sat,choco",
          "kinds", "tiny,packed,nested,medium,crowded",
          "from", "0",
          "to", "1000",
          "goals", "turns",
          "steps", "200000",
          "seconds", "5");

  /** For the exhaustive search. */
  private static final Set<String> TOO_LARGE = Set.of("medium", "crowded");

  private final List<Backend> engines;
  private final Budget budget;
  private final boolean allGoals;
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final Map<String, int[]> decided = new TreeMap<>();
  private final Map<String, Long> nanos = new TreeMap<>();
  private int questions;
  private int refusals;
  private int disagreements;

  private DifferentialCampaign(List<Backend> engines, Budget budget, boolean allGoals) {
    this.engines = engines;
    this.budget = budget;
    this.allGoals = allGoals;
  }

  /** Runs the seeds {@code from} to {@code to}, the last one not included. */
  public static void main(String[] args) {
    Options options = new Options(args, DEFAULTS);
    DifferentialCampaign campaign =
        new DifferentialCampaign(
            Engines.named(options.text("engines")),
            new Budget(options.number("steps"), Duration.ofSeconds(options.number("seconds"))),
            options.text("goals").equals("all"));
    List<String> kinds = RandomKinds.named(options.text("kinds"));
    for (long seed = options.number("from"); seed < options.number("to"); seed++) {
      for (String kind : kinds) {
        campaign.run(kind, seed);
      }
    }
    campaign.report();
    System.exit(campaign.disagreements + campaign.refusals == 0 ? 0 : 1);
  }

  private void run(String kind, long seed) {
    Problem problem = RandomKinds.problem(kind, seed);
    List<Backend> asked = new ArrayList<>(engines);
    if (!TOO_LARGE.contains(kind)) {
      asked.add(new ExhaustiveBackend());
    }
    Goal[] goals = Goal.values();
    for (Goal goal : allGoals ? List.of(goals) : List.of(goals[(int) (seed % goals.length)])) {
      Map<String, Outcome> outcomes = ask(kind, goal, asked, problem);
      count(kind, goal, outcomes);
      outcomes.forEach(
          (name, outcome) -> refusals += Law.unsound(problem, goal, outcome).isEmpty() ? 0 : 1);
      if (!Differential.disagreements(problem, goal, outcomes).isEmpty()) {
        disagreements++;
        print("%s seed %d".formatted(kind, seed), goal, asked, problem);
      }
    }
  }

  private Map<String, Outcome> ask(String kind, Goal goal, List<Backend> asked, Problem problem) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Backend backend : asked) {
      long start = System.nanoTime();
      outcomes.put(backend.name(), backend.solve(problem, goal, budget));
      String key = "%s %s %s".formatted(kind, backend.name(), goal);
      nanos.merge(key, System.nanoTime() - start, Long::sum);
    }
    return outcomes;
  }

  private void count(String kind, Goal goal, Map<String, Outcome> outcomes) {
    questions++;
    String verdict = "undecided";
    for (Outcome outcome : outcomes.values()) {
      if (outcome instanceof Outcome.Found) {
        verdict = "layout";
      } else if (outcome instanceof Outcome.Refuted) {
        verdict = "no layout";
      }
    }
    verdicts.merge(kind + " " + verdict, 1, Integer::sum);
    outcomes.forEach(
        (name, outcome) -> {
          String key = "%s %s %s".formatted(kind, name, goal);
          int[] counts = decided.computeIfAbsent(key, unused -> new int[2]);
          counts[0] +=
              outcome instanceof Outcome.Refuted
                      || (outcome instanceof Outcome.Found found && found.proven())
                  ? 1
                  : 0;
          counts[1]++;
        });
  }

  private void print(String where, Goal goal, List<Backend> asked, Problem problem) {
    Problem small =
        Shrinker.shrink(problem, p -> !Differential.compare(asked, p, goal, budget).isEmpty());
    System.out.printf(
        Locale.ROOT,
        "DISAGREEMENT %s goal %s%n%s%n%s%n",
        where,
        goal,
        String.join("\n", Differential.compare(asked, small, goal, budget)),
        ProblemText.of(small));
  }

  private void report() {
    System.out.printf(Locale.ROOT, "%d questions, by verdict:%n", questions);
    verdicts.forEach((verdict, count) -> System.out.printf("  %s: %d%n", verdict, count));
    System.out.println("| problems, engine, goal | decided | of | mean ms |");
    System.out.println("|---|---|---|---|");
    decided.forEach(
        (key, counts) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f |%n",
                key,
                counts[0],
                counts[1],
                nanos.getOrDefault(key, 0L) / 1e6 / counts[1]));
    System.out.printf(
        Locale.ROOT,
        "%d disagreements, %d layouts refused by the checker%n",
        disagreements,
        refusals);
  }
}
