package org.gfnplan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.choco.ChocoBackend;
import org.gfnplan.solver.explain.Limits;
import org.gfnplan.solver.explain.Solution;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.ortools.CpSatBackend;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Backend;
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
 * How long does one minimal conflict take, and how long do all of them with all corrections? Divide
 * {@code naiveDeletion} by {@code first}: it leaves out one statement after another and has CP-SAT
 * solve what is left anew each time. {@code first} has checked its answer, the rival has not.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar ExplainBenchmark -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ExplainBenchmark {
  /** The name of an instance. */
  @Param({"X:10:2:1", "X:50:4:1", "X:200:4:1", "H:13:100", "H:20:100"})
  public String spec = "X:10:2:1";

  private final Backend rival = new CpSatBackend();
  private final Solver solver = new Solver(new ExactEngine(), new ChocoBackend());
  private Problem problem = Families.problem(spec);

  /** Builds the problem once. */
  @Setup
  public void build() {
    problem = Families.problem(spec);
  }

  /** One minimal conflict with steps and witnesses, checked. */
  @Benchmark
  public Solution first() {
    return solver.answer(problem, Budget.DEFAULT);
  }

  /** All minimal conflicts and corrections, checked. */
  @Benchmark
  public Enumeration all() {
    return solver.enumerate(problem, Set.of(), Budget.DEFAULT, Limits.DEFAULT);
  }

  /** One minimal conflict, members only. */
  @Benchmark
  public List<Statement> naiveDeletion() {
    List<Statement> members = new ArrayList<>(problem.statements());
    for (Statement statement : problem.statements()) {
      List<Statement> fewer = new ArrayList<>(members);
      fewer.remove(statement);
      Outcome outcome = rival.solve(problem.keeping(fewer), Goal.ANY, Budget.DEFAULT);
      if (outcome instanceof Outcome.Refuted) {
        members = fewer;
      }
    }
    return members;
  }
}
