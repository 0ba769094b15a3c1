package org.gfnplan.benchmarks.index;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * How long does an operation on a set of extents take, when one in ten inserts and one in ten
 * removes? Each run begins with the full set.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W3MixBenchmark -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(3)
public class W3MixBenchmark {
  /** A structure; one for each fork. */
  @Param({"p2m-map", "treemap", "skip-list", "fastutil-avl", "fastutil-rb", "guava-range-map"})
  public String implementation = "p2m-map";

  /** How many extents. */
  @Param({"100000", "1000000"})
  public int size = 1_000;

  /** How they lie: uniform, int or skewed. */
  @Param({"uniform"})
  public String space = "uniform";

  private Extents shuffled = new Extents(new long[0], new long[0]);
  private Changes changes = new Changes(new byte[0], new long[0], new long[0]);
  private ChangingPeer peer = ChangingPeer.named("p2m-map");

  /** Makes the operations once. */
  @Setup
  public void make() {
    Extents.Space where = Extents.Space.named(space);
    Extents extents = Extents.of(where, size);
    shuffled = extents.shuffled();
    changes = Changes.of(extents, where);
  }

  /** Builds the full set before each run. */
  @Setup(Level.Invocation)
  public void fill() {
    peer = ChangingPeer.filled(implementation, shuffled);
  }

  /** All operations, and what they said. */
  @Benchmark
  @OperationsPerInvocation(Changes.COUNT)
  public long mix() {
    return changes.run(peer, Changes.COUNT);
  }
}
