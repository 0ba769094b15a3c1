package org.gfnplan.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.explain.Solution;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;

/**
 * Is every conflict minimal, and does it have a short argument? Explains random problems until as
 * many had no layout as asked for, has another engine look at each conflict again, and prints how
 * many statements the conflicts have, what kinds of deductions show them, and how long it took.
 * Ends with 1 when a conflict was not minimal or something was thrown.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.ConflictCampaign \
 *     --conflicts 10000</pre>
 */
public final class ConflictCampaign {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "conflicts", "1000",
          "kinds", "tiny,packed,nested,medium",
          "from", "0",
          "engine", "exact",
          "confirming", "cp-sat",
          "again", "choco",
          "steps", "200000",
          "seconds", "10");

  private final Solver solver;
  private final Backend again;
  private final Budget budget;
  private final Tally tally = new Tally();

  private ConflictCampaign(Solver solver, Backend again, Budget budget) {
    this.solver = solver;
    this.again = again;
    this.budget = budget;
  }

  /** Runs seeds from {@code from} on until enough problems had no layout. */
  public static void main(String[] args) {
    Options options = new Options(args, DEFAULTS);
    ConflictCampaign campaign =
        new ConflictCampaign(
            new Solver(engine(options, "engine"), engine(options, "confirming")),
            engine(options, "again"),
            new Budget(options.number("steps"), Duration.ofSeconds(options.number("seconds"))));
    List<String> kinds = RandomKinds.named(options.text("kinds"));
    long wanted = options.number("conflicts");
    for (long seed = options.number("from"); campaign.tally.of("conflicts") < wanted; seed++) {
      for (String kind : kinds) {
        campaign.run(kind, seed);
      }
    }
    campaign.tally.print("random problems:");
    System.exit(campaign.tally.of("FAILED") == 0 ? 0 : 1);
  }

  private static Backend engine(Options options, String key) {
    return Engines.named(options.text(key)).get(0);
  }

  private void run(String kind, long seed) {
    Problem problem = RandomKinds.problem(kind, seed);
    tally.count("problems");
    long start = System.nanoTime();
    Solution solution;
    try {
      solution = solver.answer(problem, budget);
    } catch (RuntimeException bug) {
      failed(kind, seed, bug.toString());
      return;
    }
    if (solution.answer() instanceof Layout) {
      return;
    }
    if (!(solution.answer() instanceof Conflict conflict)) {
      tally.count("undecided");
      return;
    }
    tally.time(System.nanoTime() - start);
    tally.count("conflicts");
    tally.count("statements %3d".formatted(conflict.statements().size()));
    for (Step step : conflict.steps()) {
      tally.count("step " + step.getClass().getSimpleName());
    }
    Step last = conflict.steps().get(conflict.steps().size() - 1);
    tally.count("ends in " + last.getClass().getSimpleName());
    String complaint = ConflictAgain.complaint(problem, conflict, again, budget);
    if (complaint != null) {
      if (complaint.equals(ConflictAgain.UNKNOWN)) {
        tally.count("not looked at again to the end");
      } else {
        failed(kind, seed, complaint);
      }
    }
  }

  private void failed(String kind, long seed, String why) {
    tally.count("FAILED");
    System.out.printf(Locale.ROOT, "FAILED %s seed %d: %s%n", kind, seed, why);
  }
}
