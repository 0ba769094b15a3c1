package org.gfnplan.benchmarks.index;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfnplan.solver.p2m.index.GfnIndex;
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
 * How long does it take to tell all pairs of two lists of extents that overlap, for each extent?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W1JoinBenchmark -prof gc -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class W1JoinBenchmark {
  /** How many extents in each list. */
  @Param({"1000", "1000000"})
  public int size = 1_000;

  private GfnIndex mine = GfnIndex.of(List.of());
  private GfnIndex other = mine;

  /** Builds two indexes over the same space. */
  @Setup
  public void build() {
    Extents one = Extents.of(Extents.Space.INT, size);
    Extents two = Extents.of(Extents.Space.INT, size + 1);
    mine = GfnIndex.of(one.starts(), one.ends());
    other = GfnIndex.of(two.starts(), two.ends());
  }

  /** The number of pairs; divide by the size. */
  @Benchmark
  public long join() {
    long[] pairs = new long[1];
    mine.join(other, (i, j) -> pairs[0]++);
    return pairs[0];
  }
}
