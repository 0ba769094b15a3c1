package org.gfnplan.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Differential;
import org.gfnplan.solver.testing.Families;

/**
 * How long does each engine take on each instance family, in one run on one machine? Prints a
 * Markdown table of milliseconds and outcomes; what takes less than a second is the median of 5.
 * Ends with 1 when two engines disagree or one contradicts what is known about an instance.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.EngineTable R:30:8 L:1
 * </pre>
 */
public final class EngineTable {
  private static final Map<String, String> DEFAULTS =
      Map.of("engines", "exact,cp-sat,choco", "goal", "BEST", "seconds", "10");

  private static final List<String> STATEMENT_RICH =
      List.of("X:10:2:1", "X:50:4:1", "X:200:4:1", "H:13:100", "H:20:100");

  private static final List<String> WINDOWS_AND_GAPS =
      List.of(
          "W:20:10:4:0:1",
          "W:200:100:64:0:1",
          "W:200:100:64:1:1",
          "W:200:100:64:2:1",
          "W:200:100:64:3:1",
          "K:300:6:1",
          "K:3000:6:1");

  private static final int REPEATS = 5;

  private final List<Backend> engines;
  private final Goal goal;
  private final Budget budget;
  private final List<String> complaints = new ArrayList<>();

  private EngineTable(List<Backend> engines, Goal goal, Budget budget) {
    this.engines = engines;
    this.goal = goal;
    this.budget = budget;
  }

  /** Runs the named instances, or the whole suite. */
  public static void main(String[] args) {
    Options options = new Options(args, DEFAULTS);
    List<String> specs = new ArrayList<>(options.words());
    if (specs.isEmpty()) {
      specs.addAll(Families.SUITE);
      specs.addAll(STATEMENT_RICH);
      specs.addAll(WINDOWS_AND_GAPS);
    }
    EngineTable table =
        new EngineTable(
            Engines.named(options.text("engines")),
            Goal.valueOf(options.text("goal").toUpperCase(Locale.ROOT)),
            new Budget(Long.MAX_VALUE >> 20, Duration.ofSeconds(options.number("seconds"))));
    table.warmUp();
    table.print(specs);
    table.complaints.forEach(System.err::println);
    System.exit(table.complaints.isEmpty() ? 0 : 1);
  }

  /** The first solve of a process loads classes and natives; nobody asked about those. */
  private void warmUp() {
    for (Backend engine : engines) {
      for (String spec : List.of("R:5:1", "T:40:14:0:0:3", "P:4:1000:0:512:1")) {
        engine.solve(Families.problem(spec), goal, budget);
      }
    }
  }

  private void print(List<String> specs) {
    StringBuilder head = new StringBuilder("| instance | regions |");
    StringBuilder line = new StringBuilder("|---|---|");
    for (Backend engine : engines) {
      head.append(" %s ms | %s says |".formatted(engine.name(), engine.name()));
      line.append("---|---|");
    }
    System.out.println(head);
    System.out.println(line);
    for (String spec : specs) {
      System.out.println(row(spec));
    }
  }

  private String row(String spec) {
    Problem problem = Families.problem(spec);
    StringBuilder row =
        new StringBuilder("| `%s` | %d |".formatted(spec, problem.regions().size()));
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Backend engine : engines) {
      long start = System.nanoTime();
      Outcome outcome = engine.solve(problem, goal, budget);
      long nanos = System.nanoTime() - start;
      if (nanos < 1_000_000_000L) {
        nanos = median(engine, problem);
      }
      outcomes.put(engine.name(), outcome);
      row.append(String.format(Locale.ROOT, " %.2f | %s |", nanos / 1e6, says(outcome)));
      if (!isAsKnown(spec, outcome)) {
        complaints.add("%s: `%s` says %s".formatted(spec, engine.name(), says(outcome)));
      }
    }
    for (String complaint : Differential.disagreements(problem, goal, outcomes)) {
      complaints.add(spec + ": " + complaint);
    }
    return row.toString();
  }

  private long median(Backend engine, Problem problem) {
    long[] nanos = new long[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      engine.solve(problem, goal, budget);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[REPEATS / 2];
  }

  private static boolean isAsKnown(String spec, Outcome outcome) {
    if (outcome instanceof Outcome.GaveUp || Families.isKnownPossible(spec).isEmpty()) {
      return true;
    }
    return Families.isKnownPossible(spec).get() == outcome instanceof Outcome.Found;
  }

  private static String says(Outcome outcome) {
    if (outcome instanceof Outcome.Found found) {
      return (found.proven() ? "proven " : "found ") + found.costs();
    }
    return outcome instanceof Outcome.Refuted ? "no layout" : "gave up";
  }
}
