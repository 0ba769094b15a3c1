package org.gfnplan.benchmarks.index;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does some disjoint extent meet a run of gfns? Random queries, half of them hits.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W1AnyBenchmark -prof gc -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class W1AnyBenchmark {
  /** A structure; one for each fork. */
  @Param({
    "gfnindex",
    "gfnindex-vector",
    "treemap",
    "guava-range-map",
    "guava-range-set",
    "guava-immutable",
    "fastutil-avl",
    "fastutil-rb",
    "binary-search"
  })
  public String implementation = "gfnindex";

  /** How many extents. */
  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  public int size = 1_000;

  /** How they lie: uniform, int or skewed. */
  @Param({"uniform", "skewed"})
  public String space = "uniform";

  private Queries queries = new Queries(new long[0], new long[0]);
  private DisjointPeer peer =
      DisjointPeers.named("gfnindex", new Extents(new long[0], new long[0]));
  private int from;

  /** Builds the structure and the queries once. */
  @Setup
  public void build() {
    Extents.Space where = Extents.Space.named(space);
    Extents extents = Extents.of(where, size);
    queries = extents.queries(where, Queries.COUNT);
    peer = DisjointPeers.named(implementation, extents.shuffled());
  }

  /** How many of a round of queries meet an extent. */
  @Benchmark
  @OperationsPerInvocation(Queries.ROUND)
  public int any() {
    int start = nextRound();
    int sum = 0;
    for (int i = start; i < start + Queries.ROUND; i++) {
      sum += peer.any(queries.starts()[i], queries.ends()[i]) ? 1 : 0;
    }
    return sum;
  }

  private int nextRound() {
    from = (from + Queries.ROUND) & (Queries.COUNT - 1);
    return from;
  }
}
