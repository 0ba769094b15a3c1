package org.gfnplan.benchmarks.index;

import java.util.Locale;
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
 * Does some range meet a run of gfns, when ranges overlap?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W2AnyBenchmark -prof gc -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class W2AnyBenchmark {
  /** A structure; one for each fork. */
  @Param({"gfnindex", "htsjdk-tree", "htsjdk-overlap", "binary-search"})
  public String implementation = "gfnindex";

  /** How many ranges. */
  @Param({"1000", "100000", "1000000"})
  public int size = 1_000;

  /** How crowded they are: a or b. */
  @Param({"a", "b"})
  public String space = "a";

  private Queries queries = new Queries(new long[0], new long[0]);
  private OverlapPeer peer = OverlapPeer.named("gfnindex", new Ranges(new long[0], new long[0]));
  private int from;

  /** Builds the structure and the queries once. */
  @Setup
  public void build() {
    Ranges.Space where = Ranges.Space.valueOf(space.toUpperCase(Locale.ROOT));
    Ranges ranges = Ranges.of(where, size);
    queries = ranges.queries(where, Queries.COUNT);
    peer = OverlapPeer.named(implementation, ranges);
  }

  /** How many of a round of queries meet a range. */
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
