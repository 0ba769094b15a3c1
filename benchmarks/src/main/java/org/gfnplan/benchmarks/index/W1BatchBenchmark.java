package org.gfnplan.benchmarks.index;

import java.util.ArrayList;
import java.util.List;
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
 * Which of an array of runs of gfns meet an extent? Arrays in, bits out.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W1BatchBenchmark -prof gc -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class W1BatchBenchmark {
  /** A structure; one for each fork. */
  @Param({"gfnindex", "gfnindex-vector", "treemap", "guava-range-set", "binary-search"})
  public String implementation = "gfnindex";

  /** How many extents. */
  @Param({"1000000", "10000000"})
  public int size = 1_000;

  /** How they lie: uniform, int or skewed. */
  @Param({"uniform"})
  public String space = "uniform";

  private DisjointPeer peer =
      DisjointPeers.named("gfnindex", new Extents(new long[0], new long[0]));
  private int from;
  private final List<Queries> rounds = new ArrayList<>();
  private final long[] bits = new long[Queries.ROUND / 64];

  /** Builds the structure and the rounds once. */
  @Setup
  public void build() {
    Extents.Space where = Extents.Space.named(space);
    Extents extents = Extents.of(where, size);
    Queries queries = extents.queries(where, Queries.COUNT);
    peer = DisjointPeers.named(implementation, extents.shuffled());
    rounds.clear();
    for (int i = 0; i < Queries.COUNT; i += Queries.ROUND) {
      rounds.add(queries.round(i));
    }
  }

  /** How many of a round of queries meet an extent, and which. */
  @Benchmark
  @OperationsPerInvocation(Queries.ROUND)
  public long any() {
    int met = peer.any(rounds.get(nextRound() / Queries.ROUND), bits);
    return met + bits[bits.length / 2];
  }

  private int nextRound() {
    from = (from + Queries.ROUND) & (Queries.COUNT - 1);
    return from;
  }
}
