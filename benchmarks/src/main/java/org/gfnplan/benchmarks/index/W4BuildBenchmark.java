package org.gfnplan.benchmarks.index;

import java.util.concurrent.TimeUnit;
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
 * How long does it take to build each structure from extents in no order?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar W4BuildBenchmark -prof gc -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class W4BuildBenchmark {
  /** A structure; one for each fork. */
  @Param({
    "gfnindex",
    "treemap",
    "guava-range-map",
    "guava-range-set",
    "guava-immutable",
    "htsjdk-tree",
    "htsjdk-overlap",
    "fastutil-avl",
    "fastutil-rb",
    "binary-search"
  })
  public String implementation = "gfnindex";

  /** How many extents. */
  @Param({"1000", "100000", "1000000"})
  public int size = 1_000;

  /** How they lie; int, so that all can hold them. */
  @Param({"int"})
  public String space = "int";

  private Extents shuffled = new Extents(new long[0], new long[0]);

  /** Shuffles the extents once. */
  @Setup
  public void shuffle() {
    shuffled = Extents.of(Extents.Space.named(space), size).shuffled();
  }

  /** The structure. */
  @Benchmark
  public Object build() {
    return DisjointPeers.named(implementation, shuffled).structure();
  }
}
