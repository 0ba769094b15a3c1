package org.gfnplan.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Families;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does the exact engine take for a verdict, and how long for a best layout? Divide {@code
 * best} by {@code any}.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar EngineBenchmark -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EngineBenchmark {
  /** The name of an instance. */
  @Param({
    "R:5:1",
    "R:30:8",
    "L:1",
    "T:300:16:0:0:2",
    "T:300:16:0:1:2",
    "H:200:0:3",
    "C:60:6:1",
    "M:120:12:999:1",
    "P:8:1000:0:512:1",
    "X:200:4:1",
    "W:200:100:64:0:1",
    "W:200:100:64:1:1",
    "K:300:6:1",
    "K:3000:6:1"
  })
  public String spec = "R:5:1";

  private final ExactEngine engine = new ExactEngine();
  private Problem problem = Families.problem(spec);

  /** Builds the problem once. */
  @Setup
  public void build() {
    problem = Families.problem(spec);
  }

  /** Whether there is a layout. */
  @Benchmark
  public Outcome any() {
    return engine.solve(problem, Goal.ANY, Budget.DEFAULT);
  }

  /** A layout of least cost. */
  @Benchmark
  public Outcome best() {
    return engine.solve(problem, Goal.BEST, Budget.DEFAULT);
  }
}
